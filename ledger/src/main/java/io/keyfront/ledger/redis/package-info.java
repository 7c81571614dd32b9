/** The ledger in Redis: one Lua script that states the rules of an account, and its calls. */
@NullMarked
package io.keyfront.ledger.redis;

import org.jspecify.annotations.NullMarked;
