package io.keyfront.cli.serve;

import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.AdminIssuer;
import io.keyfront.core.session.SessionIssuer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a standalone server takes from environment variables beside its options. A variable that is
 * empty or blank counts as absent.
 *
 * @param providerKeys by provider; each becomes the credential {@code env-<provider>}
 * @param sessions who may sign session tokens
 * @param admins who may sign admin JWTs
 * @param secretKey what the home folder is locked with, instead of a key file
 * @param adminToken the admin token, instead of the home folder's own
 */
public record Environment(
    Map<String, SecretText> providerKeys,
    Optional<SessionIssuer> sessions,
    Optional<AdminIssuer> admins,
    Optional<SecretText> secretKey,
    Optional<SecretText> adminToken) {

  private static final String ISSUER_NAME = "environment";
  private static final String NAMESPACE = "default";
  private static final int ADMIN_TOKEN_LENGTH = 32;
  private static final String JWT_SECRET = "KEYFRONT_JWT_SECRET";
  private static final String ADMIN_JWT_SECRET = "KEYFRONT_ADMIN_JWT_SECRET";

  // The TypeScript predecessor's names stand behind ours, so that its deployments can stay.
  private static final List<String> JWT_SECRETS =
      List.of(JWT_SECRET, "CREDENTIAL_PROXY_JWT_SECRET", "PROXY_JWT_SECRET");
  private static final List<String> JWT_AUDIENCES = List.of("KEYFRONT_JWT_AUDIENCE");
  private static final List<String> ADMIN_JWT_SECRETS =
      List.of(ADMIN_JWT_SECRET, "CREDENTIAL_PROXY_ADMIN_JWT_SECRET");
  private static final List<String> ADMIN_JWT_AUDIENCES =
      List.of("KEYFRONT_ADMIN_JWT_AUDIENCE", "CREDENTIAL_PROXY_ADMIN_AUDIENCE");

  public Environment {
    providerKeys = Collections.unmodifiableMap(new TreeMap<>(providerKeys));
  }

  /**
   * @throws IllegalArgumentException when a secret is too short, or one is used twice; the message
   *     names the variable, never its value
   */
  public static Environment of(Map<String, String> variables) {
    Optional<Found> jwt = first(variables, JWT_SECRETS);
    Optional<Found> adminJwt = first(variables, ADMIN_JWT_SECRETS);
    requireApart(jwt, adminJwt);
    return new Environment(
        providerKeys(variables),
        jwt.map(
            found ->
                named(
                    found,
                    secret ->
                        new SessionIssuer(
                            ISSUER_NAME,
                            audiences(variables, JWT_AUDIENCES, SessionIssuer.DEFAULT_AUDIENCE),
                            secret,
                            NAMESPACE))),
        adminJwt.map(
            found ->
                named(
                    found,
                    secret ->
                        new AdminIssuer(
                            audiences(variables, ADMIN_JWT_AUDIENCES, AdminIssuer.DEFAULT_AUDIENCE),
                            secret))),
        secret(variables, "KEYFRONT_SECRET_KEY"),
        adminToken(variables));
  }

  /** A variable that is set. */
  private record Found(String variable, SecretText value) {}

  private static Optional<Found> first(Map<String, String> variables, List<String> names) {
    return names.stream()
        .flatMap(name -> secret(variables, name).map(value -> new Found(name, value)).stream())
        .findFirst();
  }

  private static Optional<SecretText> secret(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .map(SecretText::of);
  }

  private static Map<String, SecretText> providerKeys(Map<String, String> variables) {
    Map<String, SecretText> keys = new TreeMap<>();
    for (String provider : ProviderCatalog.builtIn().keySet()) {
      first(variables, ProviderCatalog.keyVariables(provider))
          .ifPresent(found -> keys.put(provider, found.value()));
    }
    return keys;
  }

  private static Set<String> audiences(
      Map<String, String> variables, List<String> names, String otherwise) {
    String text = first(variables, names).map(found -> found.value().reveal()).orElse(otherwise);
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(audience -> !audience.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void requireApart(Optional<Found> jwt, Optional<Found> adminJwt) {
    if (jwt.isPresent() && jwt.map(Found::value).equals(adminJwt.map(Found::value))) {
      throw new IllegalArgumentException(
          "%s and %s are the same secret: whoever may sign session tokens could sign admin tokens. Give them different ones."
              .formatted(jwt.get().variable(), adminJwt.orElseThrow().variable()));
    }
  }

  private static Optional<SecretText> adminToken(Map<String, String> variables) {
    Optional<SecretText> token = secret(variables, "KEYFRONT_ADMIN_TOKEN");
    if (token.filter(text -> text.reveal().length() < ADMIN_TOKEN_LENGTH).isPresent()) {
      throw new IllegalArgumentException(
          "KEYFRONT_ADMIN_TOKEN needs at least %d characters: make it with openssl rand -hex 32, or unset it to use the home folder's own."
              .formatted(ADMIN_TOKEN_LENGTH));
    }
    return token;
  }

  private static <T> T named(Found found, Function<SecretText, T> maker) {
    try {
      return maker.apply(found.value());
    } catch (IllegalArgumentException tooWeak) {
      throw new IllegalArgumentException(found.variable() + ": " + tooWeak.getMessage(), tooWeak);
    }
  }
}
