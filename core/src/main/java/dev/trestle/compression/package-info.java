/**
 * Compressed bytes made plain again: LZ4 frames and Zstandard.
 *
 * <p>In goes a stream of compressed bytes, out comes one of plain bytes, in a bounded part of the
 * heap. Plain Java with every access checked: whatever the bytes say, the worst is an {@link
 * java.io.IOException}, and no JVM flag is needed.
 */
@NullMarked
package dev.trestle.compression;

import org.jspecify.annotations.NullMarked;
