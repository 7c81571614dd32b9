/** The mock provider's answers: every protocol, no key, no cost. */
@NullMarked
package io.keyfront.dataplane.mock;

import org.jspecify.annotations.NullMarked;
