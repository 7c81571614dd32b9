/** Stage 1: the head within bounds, an id, one snapshot; later the body within bounds. */
@NullMarked
package io.keyfront.dataplane.intake;

import org.jspecify.annotations.NullMarked;
