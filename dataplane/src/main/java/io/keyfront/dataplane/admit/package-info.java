/** Stage 6: a hold on every account the call touches. */
@NullMarked
package io.keyfront.dataplane.admit;

import org.jspecify.annotations.NullMarked;
