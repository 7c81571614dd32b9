/** The only room that talks to Kubernetes: watches the parts' Secrets, keeps the proxy's Lease. */
@NullMarked
package io.keyfront.dataplane.cluster;

import org.jspecify.annotations.NullMarked;
