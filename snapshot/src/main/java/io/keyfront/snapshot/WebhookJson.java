package io.keyfront.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.notice.Webhook;
import io.keyfront.core.scope.Glob;
import io.keyfront.core.secret.SecretText;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is told what; the address may hold a secret too. */
final class WebhookJson {
  private WebhookJson() {}

  static void write(JsonGenerator out, Webhook webhook) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", webhook.name());
    out.writeStringField("url", webhook.url().toString());
    out.writeStringField("secret", webhook.secret().reveal());
    JsonOut.texts(out, "events", webhook.events().stream().map(Glob::pattern).toList());
    out.writeArrayFieldStart("thresholds");
    for (int percent : webhook.thresholds()) {
      out.writeNumber(percent);
    }
    out.writeEndArray();
    out.writeBooleanField("bodySignature", webhook.bodySignature());
    out.writeEndObject();
  }

  static Webhook read(JsonIn in) throws IOException {
    Read read = new Read();
    for (String field = in.firstField(); field != null; field = in.nextField()) {
      read.field(in, field);
    }
    return read.webhook(in);
  }

  private static final class Read {
    private @Nullable String name;
    private Optional<URI> url = Optional.empty();
    private @Nullable SecretText secret;
    private @Nullable List<Glob> events;
    private @Nullable List<Integer> thresholds;
    private @Nullable Boolean bodySignature;

    void field(JsonIn in, String field) throws IOException {
      switch (field) {
        case "name" -> name = in.text();
        case "url" -> url = in.uri();
        case "secret" -> secret = SecretJson.read(in);
        case "events" -> events = GlobJson.readAll(in);
        case "thresholds" -> thresholds = in.list(in::integer);
        case "bodySignature" -> bodySignature = in.flag();
        default -> throw in.unknown(field);
      }
    }

    Webhook webhook(JsonIn in) throws IOException {
      String named = in.required(name, "name");
      URI where = in.required(url.orElse(null), "url");
      SecretText signing = in.required(secret, "secret");
      List<Glob> wanted = in.required(events, "events");
      List<Integer> percents = in.required(thresholds, "thresholds");
      boolean body = in.required(bodySignature, "bodySignature");
      return in.made(() -> new Webhook(named, where, signing, wanted, percents, body));
    }
  }
}
