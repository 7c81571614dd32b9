/** Stage 8: the answer streamed back with back-pressure, usage read on the way. */
@NullMarked
package io.keyfront.dataplane.reply;

import org.jspecify.annotations.NullMarked;
