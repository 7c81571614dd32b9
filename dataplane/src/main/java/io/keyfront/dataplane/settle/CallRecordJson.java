package io.keyfront.dataplane.settle;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.keyfront.core.money.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A call record as one line of JSON. Written by hand, as one is written for every call: a generator
 * that keeps track of its nesting costs twice as much. Texts are escaped by Jackson.
 */
public final class CallRecordJson {
  private static final int TYPICAL_CHARS = 640;
  private static final int MAX_TEXT = 300;
  private static final int NANOS_PER_MICRO = 1000;

  private final StringBuilder line = new StringBuilder(TYPICAL_CHARS);

  private CallRecordJson() {}

  /** UTF-8, ending with a line feed. */
  public static byte[] line(CallRecord call) {
    return new CallRecordJson().written(call).getBytes(StandardCharsets.UTF_8);
  }

  private String written(CallRecord call) {
    line.append("{\"time\":\"").append(call.time()).append('"');
    text("requestId", call.requestId());
    text("token", call.token());
    text("client", call.client());
    text("method", call.method());
    text("path", call.path());
    text("provider", call.provider());
    text("protocol", call.protocol());
    text("operation", call.operation());
    text("requestedModel", call.requestedModel());
    text("model", call.model());
    text("credential", call.credential());
    text("alias", call.alias());
    number("status", call.status());
    text("code", call.code());
    name("streamed").append(call.streamed());
    call.usage().ifPresent(this::usage);
    text("settlement", call.settlement());
    number("durationUs", call.durationNanos() / NANOS_PER_MICRO);
    call.firstByteNanos().ifPresent(nanos -> number("firstByteUs", nanos / NANOS_PER_MICRO));
    if (!call.detail().isEmpty()) {
      text("detail", call.detail());
    }
    return line.append("}\n").toString();
  }

  private void usage(Usage usage) {
    number("inputTokens", usage.totalInput());
    number("outputTokens", usage.output());
    some("cacheReadTokens", usage.cacheRead());
    some("cacheWrite5mTokens", usage.cacheWrite5m());
    some("cacheWrite1hTokens", usage.cacheWrite1h());
    some("reasoningTokens", usage.reasoning());
    some("audioInputTokens", usage.audioInput());
    some("audioOutputTokens", usage.audioOutput());
    some("webSearches", usage.webSearches());
    usage.providerCost().ifPresent(cost -> text("providerCostUsd", cost.toPlainString()));
  }

  private StringBuilder name(String name) {
    return line.append(",\"").append(name).append("\":");
  }

  private void some(String name, long value) {
    if (value != 0) {
      number(name, value);
    }
  }

  private void number(String name, long value) {
    name(name).append(value);
  }

  private void text(String name, Optional<String> value) {
    if (value.isPresent()) {
      text(name, value.get());
    }
  }

  private void text(String name, String value) {
    String shown = value.length() <= MAX_TEXT ? value : value.substring(0, MAX_TEXT) + "…";
    name(name).append('"');
    JsonStringEncoder.getInstance().quoteAsString(shown, line);
    line.append('"');
  }
}
