package io.keyfront.dataplane;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.money.UsageTotals;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The bodies of the side routes. */
final class SideAnswers {
  private static final JsonFactory JSON = new JsonFactory();

  private SideAnswers() {}

  interface Writing {
    void write(JsonGenerator json) throws IOException;
  }

  static String probe() {
    return object(
        json -> {
          json.writeStringField("name", "keyfront");
          json.writeStringField("status", "ok");
          json.writeStringField("self", "/v1/self");
        });
  }

  /** As the TypeScript predecessor answers. */
  static String health(String requestId) {
    return object(
        json -> {
          json.writeStringField("status", "ok");
          json.writeStringField("requestId", requestId);
        });
  }

  /** As the TypeScript predecessor answers. */
  static String usage(
      String requestId,
      UsageTotals totals,
      Optional<String> workspace,
      Optional<String> credential,
      String viewer) {
    return object(
        json -> {
          json.writeStringField("requestId", requestId);
          usage(json, totals);
          json.writeObjectFieldStart("filters");
          json.writeStringField("workspaceId", workspace.orElse(null));
          json.writeStringField("credentialId", credential.orElse(null));
          json.writeEndObject();
          json.writeStringField("viewer", viewer);
        });
  }

  static void usage(JsonGenerator json, UsageTotals totals) throws IOException {
    json.writeObjectFieldStart("usage");
    json.writeNumberField("inputTokens", totals.inputTokens());
    json.writeNumberField("outputTokens", totals.outputTokens());
    json.writeNumberField("requests", totals.requests());
    json.writeEndObject();
  }

  static String object(Writing writing) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      writing.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString();
  }
}
