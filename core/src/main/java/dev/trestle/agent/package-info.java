/**
 * What has to be done to notebook classes before they are defined.
 *
 * <p>In comes a class file, out goes one whose lambdas can be sent elsewhere. Trestle's own kernel
 * calls it; in other kernels and in {@code jshell} a Java agent does. These few classes need the
 * JDK alone: they are a jar of their own as well, which an agent must be.
 */
@NullMarked
package dev.trestle.agent;

import org.jspecify.annotations.NullMarked;
