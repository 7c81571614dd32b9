/** Everything the admin API refuses, each with the sentence that names the fix. */
@NullMarked
package io.keyfront.console.fault;

import org.jspecify.annotations.NullMarked;
