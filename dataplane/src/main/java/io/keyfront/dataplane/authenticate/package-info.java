/** Stage 2: from the credential in the request to an identity. */
@NullMarked
package io.keyfront.dataplane.authenticate;

import org.jspecify.annotations.NullMarked;
