/** The proxy: a typed request path on Vert.x, one room a stage. */
@NullMarked
package io.keyfront.dataplane;

import org.jspecify.annotations.NullMarked;
