package io.keyfront.dataplane.forward;

import io.keyfront.core.provider.Dialect;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.dataplane.authorize.Candidate;
import io.keyfront.protocols.answer.Redaction;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.net.URI;
import java.util.List;

/** Puts the real credential on a request, in the header of its dialect. */
final class Signing {
  /** What Anthropic requires; set where the client said nothing. */
  private static final String ANTHROPIC_VERSION = "2023-06-01";

  private static final CharSequence ANTHROPIC_VERSION_HEADER =
      HttpHeaders.createOptimized("anthropic-version");
  private static final CharSequence X_API_KEY = HttpHeaders.createOptimized("x-api-key");
  private static final CharSequence X_GOOG_API_KEY = HttpHeaders.createOptimized("x-goog-api-key");

  private Signing() {}

  /** Blots out what a candidate's credential presents upstream. */
  static Redaction redaction(Candidate candidate) {
    return switch (candidate) {
      case Candidate.Keyed(Credential credential, URI endpoint) ->
          switch (credential.auth()) {
            case Credential.Auth.ApiKey(var key) -> Redaction.of(List.of(key.reveal()));
          };
      case Candidate.Mock() -> Redaction.none();
    };
  }

  static void sign(Credential.Auth auth, Dialect dialect, MultiMap headers) {
    switch (auth) {
      case Credential.Auth.ApiKey(var key) -> {
        switch (dialect) {
          case ANTHROPIC -> {
            headers.set(X_API_KEY, key.reveal());
            if (!headers.contains(ANTHROPIC_VERSION_HEADER)) {
              headers.set(ANTHROPIC_VERSION_HEADER, ANTHROPIC_VERSION);
            }
          }
          case OPENAI -> headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + key.reveal());
          case GEMINI -> headers.set(X_GOOG_API_KEY, key.reveal());
        }
      }
    }
  }
}
