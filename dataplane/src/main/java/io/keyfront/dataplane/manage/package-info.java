/** The management port: health, readiness, metrics, and what others mount there. */
@NullMarked
package io.keyfront.dataplane.manage;

import org.jspecify.annotations.NullMarked;
