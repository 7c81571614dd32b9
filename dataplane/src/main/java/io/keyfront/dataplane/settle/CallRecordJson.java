package io.keyfront.dataplane.settle;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.keyfront.core.ledger.Refusals;
import io.keyfront.core.money.Usage;
import java.util.Optional;

/**
 * A call record as one line of JSON. Written by hand, as one is written for every call: a generator
 * that keeps track of its nesting costs twice as much. Texts are escaped by Jackson.
 */
public final class CallRecordJson implements CallRecordFormat {
  private static final int MAX_TEXT = 300;
  private static final int NANOS_PER_MICRO = 1000;

  private final RecordTime time = new RecordTime();
  private StringBuilder line = new StringBuilder();

  @Override
  public void append(CallRecord call, StringBuilder lines) {
    line = lines;
    line.append("{\"time\":\"");
    time.append(call.time(), line);
    line.append('"');
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
    call.costNano().filter(nano -> nano > 0).ifPresent(nano -> text("costUsd", Refusals.usd(nano)));
    number("durationUs", call.durationNanos() / NANOS_PER_MICRO);
    call.firstByteNanos().ifPresent(nanos -> number("firstByteUs", nanos / NANOS_PER_MICRO));
    if (!call.detail().isEmpty()) {
      text("detail", call.detail());
    }
    line.append("}\n");
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
    if (isPlain(shown)) {
      line.append(shown);
    } else {
      JsonStringEncoder.getInstance().quoteAsString(shown, line);
    }
    line.append('"');
  }

  /** Whether nothing has to be escaped, which is so for nearly all texts. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
