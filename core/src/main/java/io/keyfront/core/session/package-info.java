/** Session tokens: HS256 JWTs minted by a trusted backend. */
@NullMarked
package io.keyfront.core.session;

import org.jspecify.annotations.NullMarked;
