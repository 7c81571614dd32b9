package io.keyfront.console.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.compiler.finding.Finding;
import io.keyfront.console.desk.Origin;
import io.keyfront.console.desk.ServerInfo;
import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.TokenRecord;
import io.keyfront.console.desk.WebhookTest;
import io.keyfront.console.fault.AdminFault;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.money.UsageTotals;
import io.keyfront.core.secret.SecretText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the answers of the admin API as JSON. */
final class AnswerJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private AnswerJson() {}

  /** A token with what it used so far; empty where the ledger does not say. */
  record Used(TokenRecord token, Optional<Standing> standing) {}

  static byte[] tokens(List<Used> tokens, Optional<TokenName> next, Instant now) {
    return object(
        out -> {
          out.writeArrayFieldStart("tokens");
          for (Used used : tokens) {
            out.writeStartObject();
            writeToken(out, used, now);
            out.writeEndObject();
          }
          out.writeEndArray();
          if (next.isPresent()) {
            out.writeStringField("next", next.get().toString());
          }
        });
  }

  static byte[] token(Used used, Instant now) {
    return object(out -> writeToken(out, used, now));
  }

  /** The one answer that holds the plaintext of a new token. */
  static byte[] minted(Used token, SecretText plaintext, Instant now) {
    return object(
        out -> {
          writeToken(out, token, now);
          out.writeStringField("token", plaintext.reveal());
        });
  }

  static byte[] revealed(TokenName name, SecretText plaintext) {
    return object(
        out -> {
          out.writeStringField("name", name.name());
          out.writeStringField("namespace", name.namespace());
          out.writeStringField("token", plaintext.reveal());
        });
  }

  static byte[] revoked(List<TokenName> names) {
    return object(
        out -> {
          out.writeArrayFieldStart("revoked");
          for (TokenName name : names) {
            out.writeString(name.toString());
          }
          out.writeEndArray();
        });
  }

  static byte[] tested(WebhookTest test) {
    return object(
        out -> {
          out.writeBooleanField("delivered", test.delivered());
          if (test.status().isPresent()) {
            out.writeNumberField("status", test.status().getAsInt());
          } else {
            out.writeNullField("status");
          }
          out.writeStringField("told", test.told());
        });
  }

  static byte[] findings(List<Finding> findings) {
    return object(
        out -> {
          out.writeArrayFieldStart("findings");
          for (Finding finding : findings) {
            FindingJson.write(out, finding);
          }
          out.writeEndArray();
        });
  }

  static byte[] info(ServerInfo info) {
    return object(
        out -> {
          out.writeStringField("version", info.version());
          out.writeStringField("snapshot", info.snapshotDigest());
          out.writeStringField("agents", info.agents());
          out.writeStringField("management", info.management());
          out.writeStringField("startedAt", info.startedAt().toString());
          out.writeObjectFieldStart("counts");
          for (Map.Entry<String, Integer> count : info.counts().entrySet()) {
            out.writeNumberField(count.getKey(), count.getValue());
          }
          out.writeEndObject();
        });
  }

  static byte[] fault(AdminFault fault) {
    return object(
        out -> {
          out.writeObjectFieldStart("error");
          out.writeStringField("code", fault.code());
          out.writeStringField("message", fault.message());
          writeOptional(out, "field", fault.field());
          out.writeEndObject();
        });
  }

  private static void writeToken(JsonGenerator out, Used used, Instant now) throws IOException {
    TokenRecord token = used.token();
    out.writeStringField("name", token.name().name());
    out.writeStringField("namespace", token.name().namespace());
    out.writeStringField("format", token.format().label());
    writeTexts(out, "scopes", token.spec().scope().patterns());
    out.writeStringField("status", token.status(now).label());
    writeOptional(out, "masked", token.masked());
    writeOptional(out, "hashPrefix", token.hashPrefix());
    out.writeStringField("createdAt", token.createdAt().toString());
    writeNullable(out, "expiresAt", token.validity().map(life -> life.expiresAt().toString()));
    writeTexts(out, "cidrs", token.spec().cidrs().blocks().stream().map(Object::toString).toList());
    out.writeStringField("note", token.spec().note());
    out.writeObjectFieldStart("labels");
    for (Map.Entry<String, String> label : token.spec().labels().entrySet()) {
      out.writeStringField(label.getKey(), label.getValue());
    }
    out.writeEndObject();
    out.writeStringField("managedBy", token.origin().label());
    if (token.origin() instanceof Origin.File(String place)) {
      out.writeStringField("declaredIn", place);
    }
    LimitsJson.write(out, token.spec().limits(), used.standing());
    writeUsage(out, used.standing().map(Standing::totals));
  }

  private static void writeUsage(JsonGenerator out, Optional<UsageTotals> known)
      throws IOException {
    writeNullable(out, "lastUsedAt", known.flatMap(UsageTotals::lastUsed).map(Instant::toString));
    if (known.isEmpty()) {
      out.writeNullField("usage");
      return;
    }
    UsageTotals totals = known.get();
    out.writeObjectFieldStart("usage");
    out.writeNumberField("requests", totals.requests());
    out.writeNumberField("inputTokens", totals.inputTokens());
    out.writeNumberField("outputTokens", totals.outputTokens());
    out.writeEndObject();
  }

  private static void writeTexts(JsonGenerator out, String name, List<String> texts)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  private static void writeOptional(JsonGenerator out, String name, Optional<String> text)
      throws IOException {
    if (text.isPresent()) {
      out.writeStringField(name, text.get());
    }
  }

  static void writeNullable(JsonGenerator out, String name, Optional<String> text)
      throws IOException {
    if (text.isPresent()) {
      out.writeStringField(name, text.get());
    } else {
      out.writeNullField(name);
    }
  }

  /** Writes the fields of an object. */
  interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  static byte[] object(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    } catch (IOException impossible) {
      throw new IllegalStateException("Writing to memory does not fail.", impossible);
    }
    return bytes.toByteArray();
  }
}
