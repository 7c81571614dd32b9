/** The control plane: from resources to the snapshot's parts, minted Secrets and statuses. */
@NullMarked
package io.keyfront.operator;

import org.jspecify.annotations.NullMarked;
