package io.keyfront.core.net;

import java.util.List;

/** The addresses a token may call from; empty allows every address. */
public record CidrSet(List<Cidr> blocks) {
  /** No restriction. */
  public static final CidrSet ANY = new CidrSet(List.of());

  public CidrSet {
    blocks = List.copyOf(blocks);
  }

  /**
   * @throws IllegalArgumentException when a block is not an address block
   */
  public static CidrSet of(List<String> blocks) {
    return blocks.isEmpty() ? ANY : new CidrSet(blocks.stream().map(Cidr::parse).toList());
  }

  /**
   * @param address a literal IPv4 or IPv6 address; anything else is outside of every restricted
   *     set. The zone that Java appends to an IPv6 address (%0, RFC 4007) says nothing about who
   *     calls
   */
  public boolean allows(String address) {
    if (blocks.isEmpty()) {
      return true;
    }
    try {
      return has(Cidr.literal(withoutZone(address), address));
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  /** Every call to a custom endpoint asks. */
  private boolean has(byte[] raw) {
    for (Cidr block : blocks) {
      if (block.contains(raw)) {
        return true;
      }
    }
    return false;
  }

  private static String withoutZone(String address) {
    int zone = address.indexOf(':') < 0 ? -1 : address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }
}
