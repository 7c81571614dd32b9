package io.keyfront.core.net;

import java.util.List;

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

  private OutboundNets() {}
}
