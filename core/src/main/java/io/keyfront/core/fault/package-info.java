/** Everything that can be refused or can fail, each with its code, status and public sentence. */
@NullMarked
package io.keyfront.core.fault;

import org.jspecify.annotations.NullMarked;
