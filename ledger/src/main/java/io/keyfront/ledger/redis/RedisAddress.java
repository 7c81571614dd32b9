package io.keyfront.ledger.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The nodes that a URI names: one, or several of one cluster. */
record RedisAddress(List<RedisURI> nodes, boolean cluster) {
  /** For each of connecting, and of what is asked at start. */
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final String CLUSTER = "-cluster://";

  /**
   * @throws IllegalArgumentException when the URI names no Redis; the message has no secret
   */
  static RedisAddress of(RedisSettings settings) {
    String uri = settings.uri();
    boolean cluster = uri.contains(CLUSTER);
    List<RedisURI> nodes;
    try {
      nodes =
          cluster
              ? RedisClusterURIUtil.toRedisURIs(URI.create(uri.replace(CLUSTER, "://")))
              : List.of(RedisURI.create(uri));
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          ("%s is no Redis: give redis://host:6379, rediss://, redis-sentinel://host:26379#name"
                  + " or redis-cluster://host:6379.")
              .formatted(publicly(uri)));
    }
    nodes.forEach(node -> complete(node, settings));
    return new RedisAddress(nodes, cluster);
  }

  private static void complete(RedisURI node, RedisSettings settings) {
    node.setTimeout(TIMEOUT);
    node.setClientName("keyfront");
    settings
        .password()
        .ifPresent(
            secret ->
                node.setCredentialsProvider(
                    new StaticCredentialsProvider(
                        settings.user().orElse(null), secret.toCharArray())));
  }

  /** A URI without what stands before its hosts, which may be a secret. */
  static String publicly(String uri) {
    int scheme = uri.indexOf("://");
    int hosts = uri.lastIndexOf('@');
    if (scheme < 0) {
      return hosts < 0 ? uri : uri.substring(hosts + 1);
    }
    return hosts < 0 ? uri : uri.substring(0, scheme + 3) + uri.substring(hosts + 1);
  }
}
