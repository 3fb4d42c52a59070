package dev.trestle;

import java.nio.file.Path;
import java.time.Instant;

/**
 * One line of the catalogue.
 *
 * @param name the name that {@link Trestle#attach} takes
 * @param rows how many rows
 * @param columns how many columns
 * @param bytes the size of the file, once for all processes
 * @param location the file that holds the table
 * @param inMemory whether the file lies in a memory file system, not on disk
 * @param ownerPid the process whose session the table belongs to
 * @param created when it was committed
 */
public record StoredTable(
    String name,
    long rows,
    int columns,
    long bytes,
    Path location,
    boolean inMemory,
    long ownerPid,
    Instant created) {}
