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
   * @param address a literal IPv4 or IPv6 address; anything else is outside of every restricted set
   */
  public boolean allows(String address) {
    if (blocks.isEmpty()) {
      return true;
    }
    try {
      byte[] raw = Cidr.literal(address, address);
      return blocks.stream().anyMatch(block -> block.contains(raw));
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }
}
