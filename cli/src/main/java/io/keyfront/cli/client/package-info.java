/** Talks to the admin API. */
@NullMarked
package io.keyfront.cli.client;

import org.jspecify.annotations.NullMarked;
