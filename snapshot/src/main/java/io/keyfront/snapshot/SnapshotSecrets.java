package io.keyfront.snapshot;

import java.time.Instant;
import java.util.Optional;

/** The Kubernetes names by which operator and proxies find each other's words. */
public final class SnapshotSecrets {
  /** The type of a Secret that carries a part. */
  public static final String TYPE = "keyfront.io/snapshot";

  /** The label of a Secret that carries a part; its value is the part's kind. */
  public static final String PART_LABEL = "keyfront.io/snapshot";

  /** The annotation that holds a part's sequence, a decimal long. */
  public static final String SEQUENCE = "keyfront.io/sequence";

  /** The key of the data that holds a part's bytes. */
  public static final String DATA_KEY = "part";

  /** The label of a proxy's Lease; its value is {@code true}. */
  public static final String PROXY_LABEL = "keyfront.io/proxy";

  /** A Lease's annotation: the sequences that a proxy runs. */
  public static final String LOADED = "keyfront.io/loaded";

  /** A Lease's annotation: the parts that a proxy refused, with why. */
  public static final String REFUSED = "keyfront.io/refused";

  /** Seconds after its last renewal at which a proxy's Lease no longer counts. */
  public static final int LEASE_SECONDS = 15;

  /** Seconds between the renewals of a proxy's Lease. */
  public static final int RENEW_SECONDS = 5;

  private static final String SECRET_PREFIX = "keyfront-";
  private static final String LEASE_PREFIX = "keyfront-proxy-";

  private SnapshotSecrets() {}

  public static String secretName(PartName part) {
    return SECRET_PREFIX + part;
  }

  /** The part that a Secret of this name carries; absent where it can be none. */
  public static Optional<PartName> partOf(String secretName) {
    return secretName.startsWith(SECRET_PREFIX)
        ? PartName.find(secretName.substring(SECRET_PREFIX.length()))
        : Optional.empty();
  }

  public static String leaseName(String podName) {
    return LEASE_PREFIX + podName;
  }

  /** The sequence of a part's next publication: it rises even when the clock goes back. */
  public static long nextSequence(long previous, Instant now) {
    return Math.max(previous + 1, now.toEpochMilli());
  }
}
