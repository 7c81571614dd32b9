/** Stage 9: exactly once, hold to spend; metrics; one call record. */
@NullMarked
package io.keyfront.dataplane.settle;

import org.jspecify.annotations.NullMarked;
