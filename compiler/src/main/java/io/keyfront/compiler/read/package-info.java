/**
 * Resource files to resources and findings.
 *
 * <p>The text becomes a tree of values with lines, bounded in size and depth; a tree becomes
 * resources by asking each mapping for the fields that its kind has. What nobody asked for is
 * unknown, and said so.
 */
@NullMarked
package io.keyfront.compiler.read;

import org.jspecify.annotations.NullMarked;
