/** The admin API over HTTP: routes, authentication, bodies, answers. */
@NullMarked
package io.keyfront.console.http;

import org.jspecify.annotations.NullMarked;
