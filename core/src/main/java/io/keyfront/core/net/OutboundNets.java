package io.keyfront.core.net;

import java.util.List;
import java.util.Locale;

/** Addresses that no provider has, wherever a resource's endpoint claims to lead. */
public final class OutboundNets {
  /** This machine. */
  public static final CidrSet LOOPBACK = CidrSet.of(List.of("127.0.0.0/8", "::1"));

  /** Link-local, unspecified, multicast, and the metadata addresses of clouds that use others. */
  public static final CidrSet NEVER =
      CidrSet.of(
          List.of(
              "169.254.0.0/16",
              "fe80::/10",
              "fd00:ec2::254",
              "100.100.100.200",
              "192.0.0.192",
              "0.0.0.0/8",
              "::",
              "224.0.0.0/4",
              "ff00::/8"));

  private static final String LOCALHOST = "localhost";

  private OutboundNets() {}

  /**
   * Whether an endpoint says by its host that it is on this machine.
   *
   * @param host as a URL has it: a name, or an address, IPv6 ones with or without brackets
   */
  public static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    boolean bracketed = name.startsWith("[") && name.endsWith("]");
    return name.equals(LOCALHOST)
        || name.endsWith("." + LOCALHOST)
        || LOOPBACK.allows(bracketed ? name.substring(1, name.length() - 1) : name);
  }

  /**
   * Whether a connection must not be used, judged by the address that was really connected to: a
   * name may resolve to anything.
   *
   * @param host of the endpoint; only one that says so may be on this machine
   * @param address literal, of the other end
   */
  public static boolean isForbidden(String host, String address) {
    return NEVER.allows(address) || (LOOPBACK.allows(address) && !isLoopback(host));
  }
}
