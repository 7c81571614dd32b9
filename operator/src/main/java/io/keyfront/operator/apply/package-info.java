/** Writes to the API server: minted Secrets, the snapshot's parts, events. */
@NullMarked
package io.keyfront.operator.apply;

import org.jspecify.annotations.NullMarked;
