/** What the operator has seen of the API server, no more of it than is needed. */
@NullMarked
package io.keyfront.operator.observe;

import org.jspecify.annotations.NullMarked;
