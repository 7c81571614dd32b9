/** Figures of the operator on a real API server; started by bench/operator. */
@NullMarked
package io.keyfront.operator.bench;

import org.jspecify.annotations.NullMarked;
