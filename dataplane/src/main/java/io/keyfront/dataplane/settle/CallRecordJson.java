package io.keyfront.dataplane.settle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.money.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A call record as one line of JSON. */
public final class CallRecordJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int TYPICAL_BYTES = 640;
  private static final int MAX_TEXT = 300;

  private CallRecordJson() {}

  /** UTF-8, ending with a line feed. */
  public static byte[] line(CallRecord call) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_BYTES);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("time", call.time().toString());
      json.writeStringField("requestId", call.requestId());
      text(json, "token", call.token());
      json.writeStringField("client", call.client());
      json.writeStringField("method", call.method());
      json.writeStringField("path", cut(call.path()));
      text(json, "provider", call.provider());
      text(json, "protocol", call.protocol());
      text(json, "operation", call.operation());
      text(json, "requestedModel", call.requestedModel());
      text(json, "model", call.model());
      text(json, "credential", call.credential());
      text(json, "alias", call.alias());
      json.writeNumberField("status", call.status());
      text(json, "code", call.code());
      json.writeBooleanField("streamed", call.streamed());
      if (call.usage().isPresent()) {
        usage(json, call.usage().get());
      }
      text(json, "settlement", call.settlement());
      json.writeNumberField("durationUs", call.durationNanos() / 1000);
      if (call.firstByteNanos().isPresent()) {
        json.writeNumberField("firstByteUs", call.firstByteNanos().get() / 1000);
      }
      if (!call.detail().isEmpty()) {
        json.writeStringField("detail", cut(call.detail()));
      }
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static void usage(JsonGenerator json, Usage usage) throws IOException {
    json.writeNumberField("inputTokens", usage.totalInput());
    json.writeNumberField("outputTokens", usage.output());
    some(json, "cacheReadTokens", usage.cacheRead());
    some(json, "cacheWrite5mTokens", usage.cacheWrite5m());
    some(json, "cacheWrite1hTokens", usage.cacheWrite1h());
    some(json, "reasoningTokens", usage.reasoning());
    some(json, "audioInputTokens", usage.audioInput());
    some(json, "audioOutputTokens", usage.audioOutput());
    some(json, "webSearches", usage.webSearches());
    if (usage.providerCost().isPresent()) {
      json.writeStringField("providerCostUsd", usage.providerCost().get().toPlainString());
    }
  }

  private static void some(JsonGenerator json, String name, long value) throws IOException {
    if (value != 0) {
      json.writeNumberField(name, value);
    }
  }

  private static void text(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, cut(value.get()));
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
