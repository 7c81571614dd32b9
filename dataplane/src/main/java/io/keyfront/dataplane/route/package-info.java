/** Stage 3: provider, protocol, model, stream, by a streaming scan of the whole body. */
@NullMarked
package io.keyfront.dataplane.route;

import org.jspecify.annotations.NullMarked;
