package io.keyfront.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EncodingTest {
  private static final String PATH = "/v1/chat/completions";
  private static final String STREAM =
      "{\"model\":\"gpt-5\",\"stream\":true,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"len=8\"}]}";

  private final FakeProvider provider = FakeProvider.start();
  private final Client client = Client.of(provider);

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void everyCodingDecodesToTheSameStreamThoughNobodyAskedForIt() throws Exception {
    String plain = client.post(PATH, STREAM, "authorization", "Bearer sk-fake-1").body();

    for (String coding : List.of("gzip", "deflate", "br", "zstd")) {
      assertThat(withoutIds(decoded(coding))).describedAs(coding).isEqualTo(withoutIds(plain));
    }
  }

  @Test
  void everyCodingMakesTheStreamSmaller() throws Exception {
    String plain = client.post(PATH, STREAM, "authorization", "Bearer sk-fake-1").body();

    for (String coding : List.of("gzip", "deflate", "br", "zstd")) {
      var coded =
          client.postForBytes(
              PATH, STREAM, "authorization", "Bearer sk-fake-1", "x-fake-fault", coding);
      assertThat(coded.body().length).describedAs(coding).isLessThan(plain.length() / 2);
    }
  }

  @Test
  void emptyAnswerIsAValidCodingToo() throws Exception {
    for (String coding : List.of("gzip", "deflate", "br", "zstd")) {
      assertThat(decoded("cleanEndAfterEvents=0;" + coding)).describedAs(coding).isEmpty();
    }
  }

  private static String withoutIds(String stream) {
    return stream.replaceAll("0\\d{22,}", "ID");
  }

  private String decoded(String fault) throws Exception {
    var response =
        client.postForBytes(
            PATH, STREAM, "authorization", "Bearer sk-fake-1", "x-fake-fault", fault);
    var bytes = new ByteArrayInputStream(response.body());
    String coding = response.headers().firstValue("content-encoding").orElseThrow();
    Brotli4jLoader.ensureAvailability();
    try (InputStream in =
        switch (coding) {
          case "gzip" -> new GZIPInputStream(bytes);
          case "deflate" -> new InflaterInputStream(bytes);
          case "br" -> new BrotliInputStream(bytes);
          default -> new ZstdInputStream(bytes);
        }) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
