package io.keyfront.dataplane.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyfront.core.money.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CallRecordJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everythingThatIsKnownIsWrittenOnOneLine() throws IOException {
    Usage usage = new Usage(5, 4, 3, 2, 9, 1, 0, 0, 1, Optional.of(new BigDecimal("0.00012")));

    String line = line(SomeRecords.answered("gpt-5", Optional.of(usage), "connection reset"));

    assertThat(line).endsWith("}\n").hasLineCount(1);
    JsonNode json = JSON.readTree(line);
    assertThat(json.at("/time").asText()).isEqualTo("2026-11-21T10:00:00Z");
    assertThat(json.at("/inputTokens").asLong()).isEqualTo(14);
    assertThat(json.at("/cacheWrite1hTokens").asLong()).isEqualTo(2);
    assertThat(json.at("/providerCostUsd").asText()).isEqualTo("0.00012");
    assertThat(json.at("/costUsd").asText()).isEqualTo("0.00125");
    assertThat(json.at("/durationUs").asLong()).isEqualTo(1500);
    assertThat(json.at("/firstByteUs").asLong()).isEqualTo(700);
    assertThat(json.at("/detail").asText()).isEqualTo("connection reset");
    assertThat(json.has("audioInputTokens")).isFalse();
    assertThat(json.has("alias")).isFalse();
  }

  @Property(tries = 500)
  void hostileNamesStayInsideTheirQuotes(@ForAll String name) throws IOException {
    String line = line(SomeRecords.answered(name, Optional.empty(), name));

    JsonNode json = JSON.readTree(line);
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    assertThat(json.at("/model").asText()).startsWith(comparable(name));
  }

  /** What of a name survives UTF-8: lone surrogates become question marks, long names are cut. */
  private static String comparable(String name) {
    String cut = name.length() <= 299 ? name : name.substring(0, 299);
    String sent = new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    return sent.endsWith("?") ? sent.substring(0, sent.length() - 1) : sent;
  }

  private static String line(CallRecord call) {
    StringBuilder lines = new StringBuilder();
    new CallRecordJson().append(call, lines);
    // As it is written: what UTF-8 cannot carry becomes a question mark.
    return new String(lines.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
