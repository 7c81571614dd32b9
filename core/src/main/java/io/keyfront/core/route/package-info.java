/** Pure decisions on where a call goes. */
@NullMarked
package io.keyfront.core.route;

import org.jspecify.annotations.NullMarked;
