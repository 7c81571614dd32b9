/** Beside the request path: looks where budgets stand, and tells webhooks. */
@NullMarked
package io.keyfront.dataplane.webhook;

import org.jspecify.annotations.NullMarked;
