package net.openhft.chronicle.hash;

import net.openhft.chronicle.bytes.BytesStore;

/**
 * What Chronicle Map keeps about a whole map, in the map's own bytes.
 *
 * <p>Chronicle looks for a class of this name, and if there is none it generates and compiles one
 * with javac, in every JVM that opens a map: that took half a second, 100 MiB and another flag. The
 * places of the fields are those that Chronicle Map 2026.1 generates.
 */
public final class VanillaGlobalMutableState$$Native implements VanillaGlobalMutableState {
  private static final long SIZE = 25;
  private static final long FIVE_BYTES = (1L << 40) - 1;
  private static final int THREE_BYTES = (1 << 24) - 1;

  @SuppressWarnings("rawtypes") // Byteable is
  private BytesStore store;

  private long offset;

  /** For Chronicle, which then says where the bytes are. */
  public VanillaGlobalMutableState$$Native() {}

  @Override
  public int getAllocatedExtraTierBulks() {
    return store.readInt(offset) & THREE_BYTES;
  }

  @Override
  public void setAllocatedExtraTierBulks(int bulks) {
    store.writeInt(offset, (store.readInt(offset) & ~THREE_BYTES) | check(bulks, THREE_BYTES));
  }

  @Override
  public long getFirstFreeTierIndex() {
    return fiveBytes(3);
  }

  @Override
  public void setFirstFreeTierIndex(long index) {
    fiveBytes(3, index);
  }

  @Override
  public long getExtraTiersInUse() {
    return fiveBytes(8);
  }

  @Override
  public void setExtraTiersInUse(long tiers) {
    fiveBytes(8, tiers);
  }

  @Override
  public long getSegmentHeadersOffset() {
    return Integer.toUnsignedLong(store.readInt(offset + 13));
  }

  @Override
  public void setSegmentHeadersOffset(long headers) {
    store.writeInt(offset + 13, (int) check(headers, 0xFFFF_FFFFL));
  }

  @Override
  public long getDataStoreSize() {
    return store.readLong(offset + 17);
  }

  @Override
  public void setDataStoreSize(long size) {
    store.writeLong(offset + 17, check(size, Long.MAX_VALUE));
  }

  @Override
  public long addDataStoreSize(long addition) {
    long size = getDataStoreSize() + addition;
    setDataStoreSize(size);
    return size;
  }

  @Override
  @SuppressWarnings("rawtypes") // as Byteable has it
  public void bytesStore(BytesStore bytes, long at, long length) {
    if (length != SIZE) {
      throw new IllegalArgumentException(length + " bytes for a state of " + SIZE);
    }
    store = bytes;
    offset = at;
  }

  @Override
  @SuppressWarnings("rawtypes") // as Byteable has it
  public BytesStore bytesStore() {
    return store;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public long maxSize() {
    return SIZE;
  }

  private long fiveBytes(int at) {
    return store.readLong(offset + at) & FIVE_BYTES;
  }

  private void fiveBytes(int at, long value) {
    long others = store.readLong(offset + at) & ~FIVE_BYTES;
    store.writeLong(offset + at, others | check(value, FIVE_BYTES));
  }

  private static int check(int value, int most) {
    return (int) check((long) value, most);
  }

  private static long check(long value, long most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(value + " is not within 0.." + most);
    }
    return value;
  }
}
