package dev.trestle.ingest;

import io.airlift.compress.v3.Decompressor;
import io.airlift.compress.v3.lz4.Lz4JavaDecompressor;
import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Parquet's compressions in plain Java: those that come with the reader are Hadoop's and native,
 * which makes the JVM warn of restricted methods.
 */
final class ParquetCodecs implements CompressionCodecFactory {
  /** Fills an array of the size that the page's header gives. */
  @FunctionalInterface
  private interface Codec {
    int decompress(byte[] packed, byte[] page) throws IOException;

    static Codec of(Decompressor decompressor) {
      return (packed, page) ->
          decompressor.decompress(packed, 0, packed.length, page, 0, page.length);
    }
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return switch (name) {
      case UNCOMPRESSED -> new Pages(name, (packed, page) -> copy(packed, page));
      case SNAPPY -> new Pages(name, Codec.of(new SnappyJavaDecompressor()));
      case ZSTD -> new Pages(name, Codec.of(new ZstdJavaDecompressor()));
      case LZ4_RAW -> new Pages(name, Codec.of(new Lz4JavaDecompressor()));
      case GZIP ->
          new Pages(
              name,
              (packed, page) ->
                  new GZIPInputStream(new ByteArrayInputStream(packed))
                      .readNBytes(page, 0, page.length));
      case LZ4, LZO, BROTLI ->
          throw new ParquetException(
              "compression " + name + " is not supported; write the file with ZSTD or SNAPPY",
              null);
    };
  }

  private static int copy(byte[] packed, byte[] page) {
    System.arraycopy(packed, 0, page, 0, Math.min(packed.length, page.length));
    return packed.length;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    throw new UnsupportedOperationException("files are only read here");
  }

  @Override
  public void release() {}

  /** The pages of one column, one at a time. */
  private record Pages(CompressionCodecName name, Codec codec) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput packed, int size) throws IOException {
      byte[] page = new byte[size];
      int found = codec.decompress(packed.toInputStream().readAllBytes(), page);
      if (found != size) {
        throw new IOException("a page of %d bytes has %d after %s".formatted(size, found, name));
      }
      return BytesInput.from(page);
    }

    @Override
    public void decompress(ByteBuffer packed, int packedSize, ByteBuffer page, int size) {
      throw new UnsupportedOperationException("direct buffers are not asked for");
    }

    @Override
    public void release() {}
  }
}
