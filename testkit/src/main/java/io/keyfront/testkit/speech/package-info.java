/**
 * What a provider says, without a network: pure functions from a request to an answer cut into the
 * events in which it is sent and billed.
 */
@NullMarked
package io.keyfront.testkit.speech;

import org.jspecify.annotations.NullMarked;
