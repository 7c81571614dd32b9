/** Stage 7: hygiene, edits, signing, sending. */
@NullMarked
package io.keyfront.dataplane.forward;

import org.jspecify.annotations.NullMarked;
