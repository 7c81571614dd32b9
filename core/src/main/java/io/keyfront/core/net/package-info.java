/** Client addresses: CIDR lists and trusted hops. */
@NullMarked
package io.keyfront.core.net;

import org.jspecify.annotations.NullMarked;
