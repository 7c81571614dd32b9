package io.keyfront.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AddressProperties {
  private static final CidrSet RESTRICTED = CidrSet.of(List.of("10.0.0.0/8", "2001:db8::/32"));

  @Property
  void ipv4BlockHasExactlyTheAddressesWithTheSameFirstBits(
      @ForAll @Size(4) byte[] network,
      @ForAll @IntRange(max = 32) int length,
      @ForAll @IntRange(max = 31) int flipped)
      throws UnknownHostException {
    assertThat(hasAfterFlip(network, length, flipped)).isEqualTo(flipped >= length);
  }

  @Property
  void ipv6BlockHasExactlyTheAddressesWithTheSameFirstBits(
      @ForAll @Size(16) byte[] network,
      @ForAll @IntRange(max = 128) int length,
      @ForAll @IntRange(max = 127) int flipped)
      throws UnknownHostException {
    network[0] = 0x20; // never IPv4-mapped

    assertThat(hasAfterFlip(network, length, flipped)).isEqualTo(flipped >= length);
  }

  @Property(tries = 2_000)
  void garbageIsNeitherAllowedNorThrowsNorIsLookedUp(@ForAll("addressLike") String address) {
    boolean allowed = RESTRICTED.allows(address);

    if (allowed) {
      assertThat(address).matches("10\\..*|.*:.*");
    }
    assertThat(NoNameService.asked()).allMatch(name -> name.endsWith(".invalid"));
  }

  @Property(tries = 400)
  void clientAddressIsAlwaysFoundWhateverIsForwarded(
      @ForAll String peer,
      @ForAll @Size(max = 4) List<@From("addressLike") String> forwarded,
      @ForAll int hops) {
    assertThat(ClientAddress.of(peer, forwarded, hops)).isNotNull();
  }

  @Provide
  Arbitrary<String> addressLike() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("0123456789abcdefx.:/[]%, ").ofMaxLength(24),
        Arbitraries.strings().all().ofMaxLength(12));
  }

  /** Whether the block around an address still has it after one of its bits was flipped. */
  private static boolean hasAfterFlip(byte[] network, int length, int bit)
      throws UnknownHostException {
    int bits = network.length * 8;
    var other = new BigInteger(1, network).flipBit(bits - 1 - bit).toByteArray();
    var padded = new byte[network.length];
    int copied = Math.min(other.length, padded.length);
    System.arraycopy(other, other.length - copied, padded, padded.length - copied, copied);
    var block = Cidr.parse(InetAddress.getByAddress(network).getHostAddress() + "/" + length);
    return block.contains(padded);
  }
}
