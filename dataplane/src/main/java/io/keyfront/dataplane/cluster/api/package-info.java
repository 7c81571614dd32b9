/** What the API server answers, in words. */
@NullMarked
package io.keyfront.dataplane.cluster.api;

import org.jspecify.annotations.NullMarked;
