package io.keyfront.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.session.PublicKeys;
import io.keyfront.core.session.TokenAuthority;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose signatures are believed: names and public keys. */
final class AuthorityJson {
  private AuthorityJson() {}

  static void write(JsonGenerator out, String field, Optional<TokenAuthority> authority)
      throws IOException {
    if (authority.isPresent()) {
      out.writeObjectFieldStart(field);
      out.writeStringField("issuer", authority.get().issuer());
      JsonOut.texts(out, "audiences", authority.get().audiences().stream().sorted().toList());
      out.writeStringField("keys", authority.get().keys().json());
      out.writeEndObject();
    }
  }

  static TokenAuthority read(JsonIn in) throws IOException {
    String issuer = null;
    Set<String> audiences = null;
    PublicKeys keys = null;
    for (String field = in.firstField(); field != null; field = in.nextField()) {
      switch (field) {
        case "issuer" -> issuer = in.text();
        case "audiences" -> audiences = Set.copyOf(in.texts());
        case "keys" -> keys = keys(in);
        default -> throw in.unknown(field);
      }
    }
    return made(in, issuer, audiences, keys);
  }

  private static TokenAuthority made(
      JsonIn in,
      @Nullable String issuer,
      @Nullable Set<String> audiences,
      @Nullable PublicKeys keys)
      throws IOException {
    String named = in.required(issuer, "issuer");
    Set<String> meant = in.required(audiences, "audiences");
    PublicKeys signing = in.required(keys, "keys");
    return in.made(() -> new TokenAuthority(named, meant, signing));
  }

  private static PublicKeys keys(JsonIn in) throws IOException {
    String text = in.text();
    return in.made(() -> PublicKeys.parse(text));
  }
}
