/** Exact counts of a call's input, asked for only before it would be refused. */
@NullMarked
package io.keyfront.dataplane.count;

import org.jspecify.annotations.NullMarked;
