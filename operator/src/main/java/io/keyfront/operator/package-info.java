/** The control plane: reconciles custom resources into Secrets and status. */
@NullMarked
package io.keyfront.operator;

import org.jspecify.annotations.NullMarked;
