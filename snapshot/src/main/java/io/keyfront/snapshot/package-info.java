/** The snapshot on its way from the operator to the proxies: its parts, and their bytes. */
@NullMarked
package io.keyfront.snapshot;

import org.jspecify.annotations.NullMarked;
