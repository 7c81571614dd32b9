/** What a call may use at most, read from its body before it is sent, and lowering it. */
@NullMarked
package io.keyfront.protocols.bound;

import org.jspecify.annotations.NullMarked;
