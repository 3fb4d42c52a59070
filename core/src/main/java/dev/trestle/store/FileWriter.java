package dev.trestle.store;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** Writes the whole content of a file that is not there yet. */
@FunctionalInterface
public interface FileWriter {
  /** Writes all bytes, so that their space is claimed: the file may be mapped afterwards. */
  void writeTo(FileChannel file) throws IOException;
}
