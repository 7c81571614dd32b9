package io.keyfront.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @ParameterizedTest(name = "{0} has {1}: {2}")
  @CsvSource(
      textBlock =
          """
          10.0.0.0/8,              10.255.0.1,            true
          10.0.0.0/8,              11.0.0.1,              false
          10.0.0.7/8,              10.9.9.9,              true
          192.0.2.7,               192.0.2.7,             true
          192.0.2.7,               192.0.2.8,             false
          192.0.2.128/25,          192.0.2.127,           false
          192.0.2.128/25,          192.0.2.255,           true
          0.0.0.0/0,               203.0.113.9,           true
          0.0.0.0/0,               2001:db8::1,           false
          ::/0,                    2001:db8::1,           true
          ::/0,                    203.0.113.9,           false
          2001:db8::/32,           2001:db8:ffff::1,      true
          2001:db8::/32,           2001:db9::1,           false
          2001:DB8::/32,           2001:db8::1,           true
          ::1,                     0:0:0:0:0:0:0:1,       true
          10.0.0.0/8,              ::ffff:10.1.2.3,       true
          10.0.0.0/8,              ::ffff:a01:203,        true
          ::ffff:10.0.0.0/104,     10.1.2.3,              true
          ::ffff:10.0.0.0/104,     11.1.2.3,              false
          ::ffff:192.0.2.7,        192.0.2.7,             true
          ::ffff:192.0.2.7/128,    192.0.2.8,             false
          fe80::/10,               fe80::1%0,             true
          fe80::/10,               fe80::1%eth0,          true
          10.0.0.0/8,              10.0.0.1%0,            false
          """)
  void blockHasTheAddressesThatShareItsFirstBits(String block, String address, boolean inside) {
    assertThat(CidrSet.of(List.of(block)).allows(address)).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "10.0.0.0/ 8",
        "10.0.0/8",
        "10",
        "010.0.0.1",
        "256.0.0.1",
        "1.2.3.999",
        "localhost",
        "example.com",
        "dead.beef",
        "2001:db8::/129",
        "2001:db8::1::2",
        "[2001:db8::1]",
        "fe80::1%eth0",
        "::ffff:10.0.0.0/95",
        "::ffff:10.0.0.0/8",
        ".:1",
        "１.２.３.４",
        "::１",
        "１::",
      })
  void textThatIsNoBlockIsRefusedWithWhatToWriteInstead(String text) {
    assertThatThrownBy(() -> Cidr.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s' is not an address block: write it like 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32.",
            text);
  }

  @Test
  void setOfSeveralBlocksAllowsWhatAnyOfThemHas() {
    var set = CidrSet.of(List.of("10.0.0.0/8", "2001:db8::/32"));

    assertThat(set.allows("10.1.1.1")).isTrue();
    assertThat(set.allows("2001:db8::9")).isTrue();
    assertThat(set.allows("192.0.2.1")).isFalse();
  }

  @Test
  void emptySetAllowsEveryAddressAndWhatIsNone() {
    var anywhere = CidrSet.of(List.of());

    assertThat(anywhere).isEqualTo(CidrSet.ANY);
    assertThat(anywhere.allows("203.0.113.9")).isTrue();
    assertThat(anywhere.allows("unknown")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "unknown", "localhost", "010.0.0.1", "999.1.1.1", ".:1", "１::", "1.2", "%0"})
  void whatIsNoAddressIsOutsideOfEveryRestrictedSet(String address) {
    var everyAddress = CidrSet.of(List.of("0.0.0.0/0", "::/0"));

    assertThat(everyAddress.allows(address)).isFalse();
  }

  @Test
  void nothingIsEverLookedUpByName() {
    var set = CidrSet.of(List.of("10.0.0.0/8"));

    for (String hostile : List.of("localhost", "999.1.1.1", "1.2.3.256", ".:1", "１::", "a.bc")) {
      set.allows(hostile);
    }

    assertThat(NoNameService.asked()).isEmpty();
  }

  /** Otherwise the test above could not fail. */
  @Test
  void testsOwnNameServiceIsTheOneThatJavaAsks() {
    String name = "asked-on-purpose.invalid";

    assertThatThrownBy(() -> InetAddress.getByName(name))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage(name);
  }

  @Test
  void blocksWrittenAlikeAreEqual() {
    assertThat(Cidr.parse("10.0.0.0/8"))
        .isEqualTo(Cidr.parse("10.0.0.0/8"))
        .hasSameHashCodeAs(Cidr.parse("10.0.0.0/8"))
        .isNotEqualTo(Cidr.parse("10.0.0.0/9"))
        .hasToString("10.0.0.0/8");
  }
}
