/** Answers: usage read on the way past, injected chunks hidden, error events made. */
@NullMarked
package io.keyfront.protocols.answer;

import org.jspecify.annotations.NullMarked;
