package io.keyfront.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  private static final String PEER = "10.0.0.1";

  @ParameterizedTest(name = "{1} hops in {0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          203.0.113.9                         | 0  | 10.0.0.1
          203.0.113.9                         | 1  | 203.0.113.9
          203.0.113.9, 10.0.0.2               | 1  | 10.0.0.2
          203.0.113.9, 10.0.0.2               | 2  | 203.0.113.9
          203.0.113.9,10.0.0.3,10.0.0.2       | 3  | 203.0.113.9
          203.0.113.9                         | 5  | 203.0.113.9
          203.0.113.9                         | -1 | 10.0.0.1
          203.0.113.9                         | -2147483648 | 10.0.0.1
          203.0.113.9                         | 2147483647  | 203.0.113.9
          """)
  void trustedHopsAreCountedFromTheRight(String header, int hops, String client) {
    assertThat(ClientAddress.of(PEER, List.of(header), hops)).isEqualTo(client);
  }

  /** FACTS 4.17: {@code X-Forwarded-For} was trusted from anyone. */
  @Test
  void forwardedForIsNotBelievedWhereNoProxyIsTrusted() {
    var client = ClientAddress.of("203.0.113.9", List.of("10.0.0.5"), 0);

    assertThat(client).isEqualTo("203.0.113.9");
    assertThat(CidrSet.of(List.of("10.0.0.0/8")).allows(client)).isFalse();
  }

  /** FACTS 4.17, behind a proxy that appends as proxies do. */
  @Test
  void entriesThatTheClientForgedLeftOfTheTrustedOnesAreNotBelieved() {
    var forged = "10.0.0.5, 10.0.0.6";
    var appended = forged + ", 203.0.113.9";

    assertThat(ClientAddress.of(PEER, List.of(appended), 1)).isEqualTo("203.0.113.9");
    assertThat(ClientAddress.of(PEER, List.of(forged, "203.0.113.9"), 1)).isEqualTo("203.0.113.9");
  }

  @Test
  void peerIsTheClientWhenNoProxyForwarded() {
    assertThat(ClientAddress.of(PEER, List.of(), 2)).isEqualTo(PEER);
  }

  @Test
  void severalHeadersAreReadAsOneListInOrder() {
    var headers = List.of("203.0.113.9", "198.51.100.2, 10.0.0.2");

    assertThat(ClientAddress.of(PEER, headers, 1)).isEqualTo("10.0.0.2");
    assertThat(ClientAddress.of(PEER, headers, 2)).isEqualTo("198.51.100.2");
    assertThat(ClientAddress.of(PEER, headers, 3)).isEqualTo("203.0.113.9");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          203.0.113.9:4711        | 203.0.113.9
          [2001:db8::9]:4711      | 2001:db8::9
          [2001:db8::9]           | 2001:db8::9
          2001:db8::9             | 2001:db8::9
          ' 203.0.113.9 '         | 203.0.113.9
          [2001:db8::9            | [2001:db8::9
          unknown                 | unknown
          ''                      | ''
          """)
  void portsAndBracketsAreCutOff(String entry, String client) {
    assertThat(ClientAddress.of(PEER, List.of(entry), 1)).isEqualTo(client);
  }

  @Test
  void entryThatIsNoAddressIsOutsideOfEveryRestrictedSet() {
    var everywhere = CidrSet.of(List.of("0.0.0.0/0", "::/0"));

    var client = ClientAddress.of(PEER, List.of("203.0.113.9, "), 1);

    assertThat(everywhere.allows(client)).isFalse();
  }
}
