package io.keyfront.core.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A block of addresses, IPv4 or IPv6; an IPv4-mapped IPv6 address counts as IPv4. */
public final class Cidr {
  private final String text;
  private final byte[] network;
  private final int prefixLength;

  private Cidr(String text, byte[] network, int prefixLength) {
    this.text = text;
    this.network = network;
    this.prefixLength = prefixLength;
  }

  /**
   * @param text {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or a single address
   * @throws IllegalArgumentException when it is not a literal address or the length is out of range
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = literal(slash < 0 ? text : text.substring(0, slash), text);
    int bits = address.length * 8;
    int length = slash < 0 ? bits : length(text.substring(slash + 1), bits, text);
    return new Cidr(text, address, length);
  }

  /** Whether the raw address (4 or 16 bytes) lies in the block. */
  public boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = prefixLength / 8;
    for (int i = 0; i < whole; i++) {
      if (address[i] != network[i]) {
        return false;
      }
    }
    int rest = prefixLength % 8;
    return rest == 0 || ((address[whole] ^ network[whole]) & (0xFF << (8 - rest)) & 0xFF) == 0;
  }

  static byte[] literal(String address, String whole) {
    // Only literals: a name would be looked up in DNS.
    boolean literal =
        !address.isEmpty()
            && address.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':');
    if (!literal || (address.indexOf(':') < 0 && !address.matches("\\d{1,3}(\\.\\d{1,3}){3}"))) {
      throw wrong(whole);
    }
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException notAnAddress) {
      throw wrong(whole);
    }
  }

  private static int length(String text, int bits, String whole) {
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > bits) {
      throw wrong(whole);
    }
    return Integer.parseInt(text);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is not an address block: write it like 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32.");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cidr cidr && text.equals(cidr.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
