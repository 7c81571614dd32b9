/** From a method and a path to the call that they ask for. */
@NullMarked
package io.keyfront.protocols.route;

import org.jspecify.annotations.NullMarked;
