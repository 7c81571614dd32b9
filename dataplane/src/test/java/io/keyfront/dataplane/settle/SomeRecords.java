package io.keyfront.dataplane.settle;

import io.keyfront.core.money.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** Records as calls leave them. */
final class SomeRecords {
  private SomeRecords() {}

  /** A stream that cost 0.00125 USD. */
  static CallRecord answered(String model, Optional<Usage> usage, String detail) {
    return paid(model, model, Optional.empty(), Optional.empty(), usage, detail);
  }

  /** A call that nobody could be found behind. */
  static CallRecord refused(String path, String code) {
    return new CallRecord(
        Instant.parse("2026-11-21T10:00:00Z"),
        "req_1",
        Optional.empty(),
        "127.0.0.1",
        "POST",
        path,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        401,
        Optional.of(code),
        false,
        Optional.empty(),
        1_500_000,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "");
  }

  /** With something in every field. */
  static CallRecord full() {
    return paid(
        "fast",
        "gpt-5",
        Optional.of("fast"),
        Optional.of("upstream_reset"),
        Optional.of(new Usage(1, 2, 3, 4, 5, 6, 7, 8, 9, Optional.of(new BigDecimal("0.1")))),
        "connection reset");
  }

  private static CallRecord paid(
      String asked,
      String model,
      Optional<String> alias,
      Optional<String> code,
      Optional<Usage> usage,
      String detail) {
    return new CallRecord(
        Instant.parse("2026-11-21T10:00:00Z"),
        "req_1",
        Optional.of("default/ci"),
        "127.0.0.1",
        "POST",
        "/openai/v1/chat/completions",
        Optional.of("openai"),
        Optional.of("openai-chat"),
        Optional.of("generate"),
        Optional.of(asked),
        Optional.of(model),
        Optional.of("default/env-openai"),
        alias,
        200,
        code,
        true,
        usage,
        1_500_000,
        Optional.of(700_000L),
        Optional.of("known"),
        Optional.of(1_250_000L),
        detail);
  }
}
