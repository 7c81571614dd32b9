package io.keyfront.core.session;

import io.keyfront.core.secret.SecretText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.Set;

/** The issuer, secret and moment that the session tests share. */
final class SessionFixture {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final String SECRET = "fake-signing-secret-of-64-bytes-0123456789-0123456789-0123456789";
  static final String OTHER_SECRET =
      "another-fake-secret-of-64-bytes-0123456789-0123456789-01234567";
  static final SessionIssuer ISSUER = issuer("backend", SECRET);

  private SessionFixture() {}

  static SessionIssuer issuer(String name, String secret) {
    var audiences = Set.of(SessionIssuer.DEFAULT_AUDIENCE, "second-audience");
    return new SessionIssuer(name, audiences, SecretText.of(secret), "default");
  }

  static SessionClaims claims(Instant expiresAt) {
    return new SessionClaims("ws-1", "openai", "cred-1", OptionalLong.empty(), expiresAt);
  }

  /** A good payload in which one claim is replaced, added, or with an empty value left out. */
  static String payload(String claim, String json) {
    var claims = new LinkedHashMap<String, String>();
    claims.put("sub", "\"ws-1\"");
    claims.put("aud", "\"relay-llm-proxy\"");
    claims.put("provider", "\"openai\"");
    claims.put("credentialId", "\"cred-1\"");
    claims.put("iat", Long.toString(NOW.getEpochSecond()));
    claims.put("exp", Long.toString(NOW.getEpochSecond() + 900));
    claims.put(claim, json);
    var entries =
        claims.entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
            .toList();
    return "{" + String.join(",", entries) + "}";
  }

  static String goodPayload() {
    return payload("jti", "\"1\"");
  }
}
