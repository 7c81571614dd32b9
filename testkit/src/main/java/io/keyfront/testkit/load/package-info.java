/** A program that calls a model without end and tells of every call that failed. */
@NullMarked
package io.keyfront.testkit.load;

import org.jspecify.annotations.NullMarked;
