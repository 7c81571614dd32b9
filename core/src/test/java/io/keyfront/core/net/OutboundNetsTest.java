package io.keyfront.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundNetsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "0.0.0.0",
        "::",
        "fe80::1",
        "fe80::1%2",
        "FEBF::1",
        "fd00:ec2::254",
        "fd00:ec2:0:0:0:0:0:254",
        "100.100.100.200",
        "192.0.0.192",
        "224.0.0.1",
        "ff02::1",
        "127.0.0.1",
        "::1"
      })
  void nameOfSomebodyElseNeverLeadsToMetadataServicesOrToThisMachine(String address) {
    assertThat(OutboundNets.isForbidden("api.example.com", address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.7", "192.168.1.9", "8.8.8.8", "fd00::1", "2001:db8::1"})
  void otherAddressesAreReached(String address) {
    assertThat(OutboundNets.isForbidden("api.example.com", address)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 127.0.0.1",
    "LOCALHOST, ::1",
    "models.localhost, 127.0.0.1",
    "127.0.0.5, 127.0.0.5",
    "[::1], ::1",
    "::1, ::1"
  })
  void whoSaysThatItIsOnThisMachineMayBe(String host, String address) {
    assertThat(OutboundNets.isForbidden(host, address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"notlocalhost", "localhost.example.com", "10.0.0.7", "[fd00::1]", ""})
  void otherHostsAreNotThisMachine(String host) {
    assertThat(OutboundNets.isLoopback(host)).isFalse();
  }
}
