package io.keyfront.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.AdminIssuer;
import io.keyfront.core.session.SessionIssuer;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may sign session tokens, or admin tokens. */
final class IssuerJson {
  private IssuerJson() {}

  static void write(JsonGenerator out, SessionIssuer issuer) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", issuer.name());
    out.writeStringField("namespace", issuer.namespace());
    JsonOut.texts(out, "audiences", issuer.audiences().stream().sorted().toList());
    out.writeStringField("secret", issuer.secret().reveal());
    out.writeEndObject();
  }

  static void write(JsonGenerator out, AdminIssuer issuer) throws IOException {
    out.writeStartObject();
    JsonOut.texts(out, "audiences", issuer.audiences().stream().sorted().toList());
    out.writeStringField("secret", issuer.secret().reveal());
    out.writeEndObject();
  }

  static SessionIssuer session(JsonIn in) throws IOException {
    String name = null;
    String namespace = null;
    Set<String> audiences = null;
    SecretText secret = null;
    for (String field = in.firstField(); field != null; field = in.nextField()) {
      switch (field) {
        case "name" -> name = in.text();
        case "namespace" -> namespace = in.text();
        case "audiences" -> audiences = Set.copyOf(in.texts());
        case "secret" -> secret = SecretJson.read(in);
        default -> throw in.unknown(field);
      }
    }
    return session(in, name, namespace, audiences, secret);
  }

  private static SessionIssuer session(
      JsonIn in,
      @Nullable String name,
      @Nullable String namespace,
      @Nullable Set<String> audiences,
      @Nullable SecretText secret)
      throws IOException {
    String named = in.required(name, "name");
    String whose = in.required(namespace, "namespace");
    Set<String> meant = in.required(audiences, "audiences");
    SecretText signing = in.required(secret, "secret");
    return in.made(() -> new SessionIssuer(named, meant, signing, whose));
  }

  static AdminIssuer admin(JsonIn in) throws IOException {
    Set<String> audiences = null;
    SecretText secret = null;
    for (String field = in.firstField(); field != null; field = in.nextField()) {
      switch (field) {
        case "audiences" -> audiences = Set.copyOf(in.texts());
        case "secret" -> secret = SecretJson.read(in);
        default -> throw in.unknown(field);
      }
    }
    return admin(in, in.required(audiences, "audiences"), in.required(secret, "secret"));
  }

  private static AdminIssuer admin(JsonIn in, Set<String> audiences, SecretText secret)
      throws IOException {
    return in.made(() -> new AdminIssuer(audiences, secret));
  }
}
