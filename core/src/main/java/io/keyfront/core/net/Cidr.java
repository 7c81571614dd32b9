package io.keyfront.core.net;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A block of addresses, IPv4 or IPv6; an IPv4-mapped IPv6 address counts as IPv4. */
public final class Cidr {
  /**
   * Four decimal numbers. A leading zero is refused: some software reads the number as octal (RFC
   * 6943 section 3.1.1).
   */
  private static final Pattern IPV4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

  /** How many bits an IPv4-mapped IPv6 address has before the IPv4 address. */
  private static final int MAPPED_PREFIX = 96;

  private final String text;
  private final byte[] network;
  private final int prefixLength;

  private Cidr(String text, byte[] network, int prefixLength) {
    this.text = text;
    this.network = network;
    this.prefixLength = prefixLength;
  }

  /**
   * @param text {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or a single address; the length of an
   *     IPv4-mapped block counts all 128 bits, 96 or more
   * @throws IllegalArgumentException when it is not a literal address or the length is out of range
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    byte[] address = literal(literal, text);
    int bits = address.length * 8;
    int before = bits == 32 && literal.indexOf(':') >= 0 ? MAPPED_PREFIX : 0;
    int length = slash < 0 ? bits : length(text.substring(slash + 1), before, bits, text);
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
    boolean literal =
        address.indexOf(':') >= 0
            ? address.chars().allMatch(c -> HexFormat.isHexDigit(c) || c == '.' || c == ':')
            : IPV4.matcher(address).matches();
    if (!literal) {
      throw wrong(whole);
    }
    try {
      // Not getByName: what is almost an address (999.1.1.1) it would look up in DNS.
      return InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException notAnAddress) {
      throw wrong(whole);
    }
  }

  private static int length(String text, int before, int bits, String whole) {
    if (!LENGTH.matcher(text).matches()) {
      throw wrong(whole);
    }
    int length = Integer.parseInt(text) - before;
    if (length < 0 || length > bits) {
      throw wrong(whole);
    }
    return length;
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
