package io.keyfront.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.scope.Glob;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.core.snapshot.NamespaceRule;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A credential with what it proves itself by. */
final class CredentialJson {
  private CredentialJson() {}

  static void write(JsonGenerator out, Credential credential) throws IOException {
    out.writeStartObject();
    out.writeStringField("namespace", credential.id().namespace());
    out.writeStringField("name", credential.id().name());
    out.writeStringField("provider", credential.provider());
    JsonOut.text(out, "endpoint", credential.endpoint());
    switch (credential.auth()) {
      case Credential.Auth.ApiKey apiKey -> out.writeStringField("apiKey", apiKey.key().reveal());
    }
    out.writeNumberField("priority", credential.priority());
    out.writeNumberField("weight", credential.weight());
    JsonOut.someTexts(out, "models", credential.models().stream().map(Glob::pattern).toList());
    out.writeBooleanField("allNamespaces", credential.namespaces().all());
    JsonOut.someTexts(
        out, "namespaces", credential.namespaces().names().stream().sorted().toList());
    LimitsJson.write(out, "limits", credential.limits());
    JsonOut.text(out, "expiresAt", credential.expiresAt());
    out.writeEndObject();
  }

  static Credential read(JsonIn in) throws IOException {
    Read read = new Read();
    for (String field = in.firstField(); field != null; field = in.nextField()) {
      read.field(in, field);
    }
    return read.credential(in);
  }

  private static final class Read {
    private @Nullable String namespace;
    private @Nullable String name;
    private @Nullable String provider;
    private Optional<URI> endpoint = Optional.empty();
    private Credential.@Nullable Auth auth;
    private @Nullable Integer priority;
    private @Nullable Integer weight;
    private List<Glob> models = List.of();
    private @Nullable Boolean allNamespaces;
    private Set<String> namespaces = Set.of();
    private Limits limits = Limits.NONE;
    private Optional<Instant> expiresAt = Optional.empty();

    void field(JsonIn in, String field) throws IOException {
      switch (field) {
        case "namespace" -> namespace = in.text();
        case "name" -> name = in.text();
        case "provider" -> provider = in.text();
        case "endpoint" -> endpoint = in.uri();
        case "apiKey" -> auth = new Credential.Auth.ApiKey(SecretJson.read(in));
        case "priority" -> priority = in.integer();
        case "weight" -> weight = in.integer();
        case "models" -> models = GlobJson.readAll(in);
        case "allNamespaces" -> allNamespaces = in.flag();
        case "namespaces" -> namespaces = Set.copyOf(in.texts());
        case "limits" -> limits = LimitsJson.read(in);
        case "expiresAt" -> expiresAt = Optional.of(moment(in));
        default -> throw in.unknown(field);
      }
    }

    private static Instant moment(JsonIn in) throws IOException {
      String text = in.text();
      return in.made(() -> Instant.parse(text));
    }

    Credential credential(JsonIn in) throws IOException {
      CredentialId id =
          new CredentialId(in.required(namespace, "namespace"), in.required(name, "name"));
      String vendor = in.required(provider, "provider");
      Credential.Auth proof = in.required(auth, "apiKey");
      int order = in.required(priority, "priority");
      int share = in.required(weight, "weight");
      var rule = new NamespaceRule(in.required(allNamespaces, "allNamespaces"), namespaces);
      return in.made(
          () ->
              new Credential(
                  id, vendor, endpoint, proof, order, share, models, rule, limits, expiresAt));
    }
  }
}
