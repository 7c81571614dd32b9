/** Attacks a running Keyfront and compares what it says was spent with what the provider bills. */
@NullMarked
package io.keyfront.e2e.chaos;

import org.jspecify.annotations.NullMarked;
