package io.keyfront.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.keyfront.testkit.speech.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeProviderMainTest {
  @TempDir private Path folder;

  @Test
  void processWritesItsAddressAndShowsItsBill() throws Exception {
    Path ready = folder.resolve("ready");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(
                java,
                "-cp",
                classes,
                FakeProviderMain.class.getName(),
                "--bill-ahead",
                "3",
                "--ready-file",
                "" + ready)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(ready));
      URI uri = URI.create(Files.readString(ready).strip());
      Client client = new Client(uri, HttpClient.newHttpClient());

      var bill = Json.parse(client.get("/__bill").body());

      assertThat(bill.path("calls").isEmpty()).isTrue();
      assertThat(bill.at("/total/input").asInt(-1)).isZero();
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  @Test
  void unknownOptionIsNamed() {
    assertThatThrownBy(() -> FakeProviderMain.main(new String[] {"--prot", "1"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--prot")
        .hasMessageContaining("--port N");
  }
}
