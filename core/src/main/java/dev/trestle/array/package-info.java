/**
 * N-dimensional arrays over mapped {@code .npy} files: shapes, the file's header, access to single
 * elements, and element-wise mathematics in place.
 *
 * <p>In come mapped files, out go typed elements. An array has C order (the last index runs
 * fastest) and little-endian elements, so that every view along the first axis is again a range of
 * the file. Names, lifetime and workers are the front door's and the store's business.
 */
@NullMarked
package dev.trestle.array;

import org.jspecify.annotations.NullMarked;
