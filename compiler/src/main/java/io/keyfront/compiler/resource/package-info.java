/** Resources as the compiler takes them, wherever they were read. */
@NullMarked
package io.keyfront.compiler.resource;

import org.jspecify.annotations.NullMarked;
