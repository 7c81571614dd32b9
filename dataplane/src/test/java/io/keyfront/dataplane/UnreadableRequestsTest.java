package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.dataplane.settle.CallRecord;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no readable HTTP leaves a record and is counted, like any other refusal. */
class UnreadableRequestsTest extends WireTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({"Content-Length: abc, malformed_request, 400", "X-Big, headers_too_large, 431"})
  void unreadableRequestLeavesARecordAndIsCounted(String header, String code, int status)
      throws IOException {
    String sent = header.equals("X-Big") ? "X-Big: " + "x".repeat(20_000) : header;

    String answer = raw(head("POST", Agent.CHAT) + sent + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status);
    CallRecord record = proxy.nextRecord();
    assertThat(record.code()).hasValue(code);
    assertThat(record.status()).isEqualTo(status);
    assertThat(record.token()).isEmpty();
    assertThat(proxy.records()).isEmpty();
    assertThat(Agent.get(proxy.management("/metrics")).body())
        .contains("keyfront_faults_total{code=\"" + code + "\"}");
  }
}
