package io.keyfront.dataplane.cluster;

import java.util.Optional;

/**
 * Who this proxy is.
 *
 * @param namespace where its snapshot Secrets and its Lease are
 * @param uid of its pod, which then owns the Lease; absent where it is not known
 */
public record Pod(String namespace, String name, Optional<String> uid) {}
