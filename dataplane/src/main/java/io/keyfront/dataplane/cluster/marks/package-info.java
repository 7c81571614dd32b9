/** Write-ahead marks in ConfigMaps, which all proxies of a cluster share. */
@NullMarked
package io.keyfront.dataplane.cluster.marks;

import org.jspecify.annotations.NullMarked;
