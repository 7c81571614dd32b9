/** Health and metrics over HTTP. */
@NullMarked
package io.keyfront.operator.serve;

import org.jspecify.annotations.NullMarked;
