/** Stage 4: the target after aliasing. */
@NullMarked
package io.keyfront.dataplane.alias;

import org.jspecify.annotations.NullMarked;
