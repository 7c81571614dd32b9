/** What a token may reach: globs, scopes and the targets they are checked on. */
@NullMarked
package io.keyfront.core.scope;

import org.jspecify.annotations.NullMarked;
