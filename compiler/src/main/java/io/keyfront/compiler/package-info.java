/**
 * Resources to snapshot and findings: pure, so that the cluster and a laptop decide alike.
 *
 * <p>{@link io.keyfront.compiler.Compiler} takes one {@link io.keyfront.compiler.Inputs} and runs a
 * chain of planners; each returns its part of the snapshot and tells what it refused.
 */
@NullMarked
package io.keyfront.compiler;

import org.jspecify.annotations.NullMarked;
