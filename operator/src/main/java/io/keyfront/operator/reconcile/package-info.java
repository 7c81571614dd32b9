/** One reconciler for each kind. */
@NullMarked
package io.keyfront.operator.reconcile;

import org.jspecify.annotations.NullMarked;
