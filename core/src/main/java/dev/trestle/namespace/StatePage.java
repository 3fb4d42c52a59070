package dev.trestle.namespace;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * One page of memory that all processes of a namespace see.
 *
 * <p>All but the bells is read and written under the {@link Guard} only.
 */
final class StatePage {
  static final int SIZE = 4096;

  /** A number in the page. */
  enum Field {
    /** Set last when the page was made. */
    MAGIC(0),
    /** The process that has the guard, or had it last: for messages. */
    HOLDER(8),
    /** Not 0 while the holder changes the log or is inside the map: if found so, it died there. */
    BUSY(16),
    /** The number of the log that is the truth. */
    LOG(24),
    /** The number of the map that the log is applied to; 0 if there is none to be trusted. */
    MAP(32),
    /** The highest number that a log or a map has had. */
    LAST_NUMBER(40),
    /** The checksum of the map file's header, of which a damaged one makes Chronicle wait. */
    MAP_HEADER(48);

    private final long offset;

    Field(long offset) {
      this.offset = offset;
    }
  }

  private static final long MAGIC_NUMBER = 0x5452_4553_544c_4531L; // TRESTLE1
  private static final int BELLS_OFFSET = 2048;
  private static final int BELLS = 256;
  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  private final MemorySegment page;

  StatePage(MemorySegment page) {
    this.page = page;
  }

  boolean isMade() {
    return get(Field.MAGIC) == MAGIC_NUMBER;
  }

  void made() {
    set(Field.MAGIC, MAGIC_NUMBER);
  }

  long get(Field field) {
    return (long) LONG.getVolatile(page, field.offset);
  }

  /** Volatile: what a killed process had written before must be seen by the next holder. */
  void set(Field field, long value) {
    LONG.setVolatile(page, field.offset, value);
  }

  long nextNumber() {
    long number = get(Field.LAST_NUMBER) + 1;
    set(Field.LAST_NUMBER, number);
    return number;
  }

  /** Tells those who wait for a change of the entry. */
  void ring(Key key) {
    var _ = (long) LONG.getAndAdd(page, bell(key), 1L);
  }

  /** Changes when the entry did; several entries share a bell. May be read without the guard. */
  long bellCount(Key key) {
    return (long) LONG.getVolatile(page, bell(key));
  }

  private static long bell(Key key) {
    int hash = key.hashCode();
    return BELLS_OFFSET + 8L * ((hash ^ (hash >>> 16)) & (BELLS - 1));
  }
}
