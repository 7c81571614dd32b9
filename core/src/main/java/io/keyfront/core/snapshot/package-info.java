/** The immutable compiled configuration a proxy works from. */
@NullMarked
package io.keyfront.core.snapshot;

import org.jspecify.annotations.NullMarked;
