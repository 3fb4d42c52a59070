package dev.trestle;

import dev.trestle.MemoryReport.ArrayLine;
import dev.trestle.MemoryReport.ProcessLine;
import dev.trestle.MemoryReport.SourceLine;
import dev.trestle.MemoryReport.TableLine;
import dev.trestle.array.NpyHeader;
import dev.trestle.memory.MappedInodes;
import dev.trestle.memory.ProcessMemory;
import dev.trestle.store.Catalogue;
import dev.trestle.store.Entry;
import dev.trestle.store.FormerFiles;
import dev.trestle.store.StoreException;
import dev.trestle.store.StoreFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a catalogue has at one moment, and which processes map it. */
final class MemoryReading {
  private final Catalogue catalogue;
  private final List<Entry> entries;
  private final MappedInodes mapped;

  MemoryReading(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.entries = catalogue.list();
    this.mapped = MappedInodes.ofAll(catalogue.folders().stream().map(StoreFolder::path).toList());
  }

  MemoryReport report(List<PooledWorkers> pools) {
    List<TableLine> tables = new ArrayList<>();
    List<ArrayLine> arrays = new ArrayList<>();
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.OfTable table -> tables.add(line(table));
        case Entry.OfArray array -> {
          try {
            arrays.add(line(array));
          } catch (IOException | StoreException e) {
            // dropped since, or damaged: arrays() says so
          }
        }
        case Entry.Damaged damaged -> {} // tables() and arrays() tell of it
      }
    }
    return new MemoryReport(processes(pools), tables, arrays, formerBytes());
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
        mapped.by(table.place().files()),
        table.sources().stream().map(MemoryReading::line).toList(),
        table.conversions());
  }

  private static SourceLine line(Entry.Source source) {
    Path folder = source.path().getParent();
    MappedInodes readers = folder == null ? MappedInodes.NONE : MappedInodes.ofAll(List.of(folder));
    return new SourceLine(source.path(), source.bytes(), readers.by(List.of(source.path())));
  }

  private ArrayLine line(Entry.OfArray array) throws IOException {
    Entry.Place place = array.place();
    NpyHeader header = NpyHeader.read(place.location());
    return new ArrayLine(
        array.name(),
        header.type(),
        header.shape().toString(),
        place.bytes(),
        mapped.by(place.files()));
  }

  /** A session pins what it has mapped; what only workers have is not. */
  private long formerBytes() {
    Collection<Path> there = new ArrayList<>();
    long bytes = 0;
    for (StoreFolder folder : catalogue.folders()) {
      bytes += FormerFiles.bytes(folder);
      there.addAll(folder.files());
    }
    return bytes + mapped.bytesBesides(there);
  }
}
