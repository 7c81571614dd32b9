/**
 * The custom resource types, as they travel: plain records without behaviour but {@code
 * problems()}.
 *
 * <p>A record never throws for what it holds. One stored object that is wrong must not stop the
 * list that carries the others, so each record says what is wrong with it and the compiler refuses
 * that resource alone.
 */
@NullMarked
package io.keyfront.crds;

import org.jspecify.annotations.NullMarked;
