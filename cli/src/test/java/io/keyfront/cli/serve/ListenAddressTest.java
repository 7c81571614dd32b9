package io.keyfront.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8787, 127.0.0.1, 8787, http://127.0.0.1:8787",
    "8787, 127.0.0.1, 8787, http://127.0.0.1:8787",
    ":8787, 0.0.0.0, 8787, http://127.0.0.1:8787",
    "0.0.0.0:1, 0.0.0.0, 1, http://127.0.0.1:1",
    "localhost:65535, localhost, 65535, http://localhost:65535",
    "[::1]:8787, ::1, 8787, http://[::1]:8787",
    "[::]:8787, ::, 8787, http://[::1]:8787"
  })
  void addressIsRead(String text, String host, int port, String url) {
    ListenAddress address = ListenAddress.parse(text);

    assertThat(address).isEqualTo(new ListenAddress(host, port));
    assertThat(address.url(port)).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", "host:", "host:x", "host:65536", "::1:8787", "host:-1"})
  void anythingElseIsRefusedWithTheForm(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text)).hasMessageContaining("write host:port");
  }

  @Test
  void onlyThisMachineReachesLoopback() {
    assertThat(ListenAddress.parse("127.0.0.1:1").isLoopback()).isTrue();
    assertThat(ListenAddress.parse("[::1]:1").isLoopback()).isTrue();
    assertThat(ListenAddress.parse(":1").isLoopback()).isFalse();
    assertThat(ListenAddress.parse("192.0.2.1:1").isLoopback()).isFalse();
  }
}
