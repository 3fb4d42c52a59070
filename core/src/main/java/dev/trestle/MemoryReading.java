package dev.trestle;

import dev.trestle.MemoryReport.ArrayLine;
import dev.trestle.MemoryReport.DamagedLine;
import dev.trestle.MemoryReport.ProcessLine;
import dev.trestle.MemoryReport.SourceLine;
import dev.trestle.MemoryReport.TableLine;
import dev.trestle.memory.MappedInodes;
import dev.trestle.memory.ProcessMemory;
import dev.trestle.store.Catalogue;
import dev.trestle.store.Entry;
import dev.trestle.store.FormerFiles;
import dev.trestle.store.StoreFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Where the memory is: of this JVM and its workers, and of what a catalogue has. */
final class MemoryReading {
  private final Catalogue catalogue;
  private final StoredListing listing;

  MemoryReading(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.listing = StoredListing.ofAll(catalogue);
  }

  MemoryReport report(List<PooledWorkers> pools) {
    List<StoredArray> arrays = listing.arrays();
    return new MemoryReport(
        processes(pools),
        listing.entries().stream()
            .<TableLine>mapMulti((entry, lines) -> {
              if (entry instanceof Entry.OfTable table) {
                lines.accept(line(table));
              }
            })
            .toList(),
        arrays.stream().filter(array -> array.damage() == null).map(MemoryReading::line).toList(),
        Stream.<Stored>concat(listing.tables().stream(), arrays.stream())
            .filter(stored -> stored.damage() != null)
            .map(stored ->
                new DamagedLine(stored.name(), stored.bytes(), String.valueOf(stored.damage())))
            .toList(),
        formerBytes());
  }

  private static List<ProcessLine> processes(List<PooledWorkers> pools) {
    List<ProcessLine> processes = new ArrayList<>();
    add("this JVM", ProcessHandle.current().pid(), processes);
    for (PooledWorkers pool : pools) {
      int number = 1;
      for (long pid : pool.isInProcess() ? List.<Long>of() : pool.pids()) {
        add("worker " + number++, pid, processes);
      }
      for (Served<?> served : pool.isInProcess() ? List.<Served<?>>of() : pool.served()) {
        add("owner of " + served.name(), served.pid(), processes);
      }
    }
    return processes;
  }

  private static void add(String role, long pid, List<ProcessLine> processes) {
    ProcessMemory.read(pid)
        .ifPresent(m -> {
          long peak = ProcessMemory.peakRss(pid).orElse(m.rss());
          processes.add(new ProcessLine(role, pid, m.rss(), m.pss(), m.uss(), peak));
        });
  }

  private TableLine line(Entry.OfTable table) {
    return new TableLine(
        table.name(),
        table.rows(),
        table.columns(),
        table.place().bytes(),
        listing.readers(table),
        table.sources().stream().map(MemoryReading::line).toList(),
        table.conversions());
  }

  private static SourceLine line(Entry.Source source) {
    Path folder = source.path().getParent();
    MappedInodes readers = folder == null ? MappedInodes.NONE : MappedInodes.ofAll(List.of(folder));
    return new SourceLine(source.path(), source.bytes(), readers.by(List.of(source.path())));
  }

  private static ArrayLine line(StoredArray array) {
    return new ArrayLine(
        array.name(),
        Objects.requireNonNull(array.type(), "of one that is not damaged"),
        array.shape(),
        array.bytes(),
        array.mappedBy());
  }

  /** A session pins what it has mapped; what only workers have is not. */
  private long formerBytes() {
    Collection<Path> there = new ArrayList<>();
    long bytes = 0;
    for (StoreFolder folder : catalogue.folders()) {
      bytes += FormerFiles.bytes(folder);
      there.addAll(folder.files());
    }
    return bytes + listing.mapped().bytesBesides(there);
  }
}
