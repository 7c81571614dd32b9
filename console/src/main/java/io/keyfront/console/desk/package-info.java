/** What the admin API works on: tokens at a desk that the laptop and the cluster each implement. */
@NullMarked
package io.keyfront.console.desk;

import org.jspecify.annotations.NullMarked;
