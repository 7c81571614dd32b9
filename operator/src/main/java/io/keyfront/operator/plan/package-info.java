/** What is to be: pure decisions from what was observed. */
@NullMarked
package io.keyfront.operator.plan;

import org.jspecify.annotations.NullMarked;
