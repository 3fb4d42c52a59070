/**
 * Documentation comments as a reader wants them: as plain text, and as HTML.
 *
 * <p>In comes the text of a comment, as it stands in a source file without its stars; it is parsed
 * by the compiler's own parser. Nothing here knows of notebooks.
 */
@NullMarked
package dev.trestle.kernel.javadoc;

import org.jspecify.annotations.NullMarked;
