/** Stage 5: scope, address, and the credentials that may serve the call. */
@NullMarked
package io.keyfront.dataplane.authorize;

import org.jspecify.annotations.NullMarked;
