package dev.trestle;

import dev.trestle.array.ElementType;
import java.nio.file.Path;

/**
 * One line of the catalogue.
 *
 * @param name the name that {@link Trestle#attachArray} takes
 * @param type what it holds
 * @param shape the length of each axis, as Python writes it: {@code (3, 4)}
 * @param bytes the size of the file, once for all processes
 * @param location the file that holds the array
 * @param inMemory whether the file lies in a memory file system, not on disk
 * @param ownerPid the process whose session the array belongs to
 */
public record StoredArray(
    String name,
    ElementType type,
    String shape,
    long bytes,
    Path location,
    boolean inMemory,
    long ownerPid) {}
