/** An operator on a real API server, and what stands in for the proxies. */
@NullMarked
package io.keyfront.operator.testing;

import org.jspecify.annotations.NullMarked;
