/**
 * Finds the jars of Maven dependencies as Maven does: with the user's settings, mirrors and local
 * repository, transitively.
 *
 * <p>In come coordinates or a POM, out go paths of jars. The resolver's own libraries stay in a
 * class loader of their own, so that they stand in nobody's way, and are loaded at the first use.
 */
@NullMarked
package dev.trestle.kernel.maven;

import org.jspecify.annotations.NullMarked;
