/**
 * Where a proxy's configuration comes from, part by part: a source, the last good of each, a cache.
 */
@NullMarked
package io.keyfront.dataplane.source;

import org.jspecify.annotations.NullMarked;
