/** Machine tokens: hashes, minting, identities. */
@NullMarked
package io.keyfront.core.token;

import org.jspecify.annotations.NullMarked;
