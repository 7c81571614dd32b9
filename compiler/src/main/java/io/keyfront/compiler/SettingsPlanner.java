package io.keyfront.compiler;

import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.resource.Metadata;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.money.BundledPrices;
import io.keyfront.core.money.PriceTable;
import io.keyfront.core.notice.Webhook;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.AdminIssuer;
import io.keyfront.core.session.SessionIssuer;
import io.keyfront.core.snapshot.Settings;
import io.keyfront.crds.KeyfrontSettingsSpec;
import io.keyfront.crds.LimitsSpec;
import io.keyfront.crds.SecretRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the one KeyfrontSettings and joins it with what the environment says. */
final class SettingsPlanner {
  private static final int SIGNING_SECRET_MIN = 32;

  private final Inputs inputs;
  private final Secrets secrets;
  private final Findings findings;

  SettingsPlanner(Inputs inputs, Secrets secrets, Findings findings) {
    this.inputs = inputs;
    this.secrets = secrets;
    this.findings = findings;
  }

  /** The settings in force; others are refused. */
  Optional<Resource.Settings> choose(List<Resource.Settings> all) {
    Optional<Resource.Settings> chosen = Optional.empty();
    for (Resource.Settings settings : all) {
      if (!isWellPlaced(settings)) {
        continue;
      }
      if (chosen.isPresent()) {
        findings.error(
            settings,
            Reason.CONFLICT,
            "",
            chosen.get().id() + " is there already",
            "keep one KeyfrontSettings");
      } else {
        chosen = Optional.of(settings);
      }
    }
    return chosen;
  }

  private boolean isWellPlaced(Resource.Settings settings) {
    Metadata metadata = settings.metadata();
    if (!metadata.name().equals(KeyfrontSettingsSpec.NAME)) {
      findings.error(
          settings,
          Reason.INVALID,
          "metadata.name",
          "'" + metadata.name() + "' is not the name of the settings",
          "write " + KeyfrontSettingsSpec.NAME);
      return false;
    }
    Set<String> homes = inputs.rules().homeNamespaces();
    if (!homes.contains(metadata.namespace())) {
      findings.error(
          settings,
          Reason.INVALID,
          "metadata.namespace",
          "settings are not read from namespace " + metadata.namespace(),
          "write " + String.join(" or ", new TreeSet<>(homes)));
      return false;
    }
    return true;
  }

  /**
   * @param known the names of all providers
   * @param endpoints judges where webhooks go
   */
  Settings plan(Optional<Resource.Settings> chosen, Set<String> known, Endpoints endpoints) {
    List<SessionIssuer> issuers = new ArrayList<>();
    chosen.flatMap(this::sessionIssuer).ifPresent(issuers::add);
    inputs.sessionIssuer().ifPresent(issuers::add);
    Optional<AdminIssuer> admin = chosen.flatMap(settings -> adminIssuer(settings, issuers));
    if (admin.isPresent() && inputs.adminIssuer().isPresent()) {
      findings.warning(
          chosen.orElseThrow(),
          Reason.OVERRIDDEN,
          "spec.jwt.admin",
          "takes the place of the admin secret in the environment",
          "keep one of the two");
    }
    int hops = chosen.map(settings -> settings.spec().trustedHops()).orElse(0);
    PriceTable prices =
        BundledPrices.table().withOverrides(new PricePlanner(known, findings).plan(chosen));
    Limits defaults =
        chosen
            .map(settings -> LimitsSpec.limits(settings.spec().defaultLimits(), null))
            .orElse(Limits.NONE);
    boolean operated = inputs.rules().operated();
    List<Webhook> webhooks =
        new WebhookPlanner(operated, secrets, endpoints, findings).plan(chosen);
    return new Settings(
        issuers,
        admin.or(inputs::adminIssuer),
        hops,
        prices,
        defaults,
        webhooks,
        inputs.authorities());
  }

  private Optional<SessionIssuer> sessionIssuer(Resource.Settings settings) {
    KeyfrontSettingsSpec.Jwt jwt = settings.spec().jwt();
    if (jwt == null || jwt.secretRef() == null) {
      return Optional.empty();
    }
    Set<String> audiences = audiences(jwt.audiences(), SessionIssuer.DEFAULT_AUDIENCE);
    String name = settings.metadata().namespace() + "/" + settings.metadata().name();
    return signingSecret(settings, "spec.jwt.secretRef", jwt.secretRef())
        .map(secret -> new SessionIssuer(name, audiences, secret, Metadata.DEFAULT_NAMESPACE));
  }

  private Optional<AdminIssuer> adminIssuer(
      Resource.Settings settings, List<SessionIssuer> issuers) {
    KeyfrontSettingsSpec.Jwt jwt = settings.spec().jwt();
    if (jwt == null || jwt.admin() == null) {
      return Optional.empty();
    }
    String field = "spec.jwt.admin.secretRef";
    Optional<SecretText> secret = signingSecret(settings, field, jwt.admin().secretRef());
    boolean shared =
        secret.isPresent()
            && issuers.stream().anyMatch(issuer -> issuer.secret().equals(secret.get()));
    if (shared) {
      findings.error(
          settings,
          Reason.INVALID,
          field,
          "is the secret that signs session tokens",
          "make another one: whoever signs for workloads must not be an admin");
      return Optional.empty();
    }
    Set<String> audiences = audiences(jwt.admin().audiences(), AdminIssuer.DEFAULT_AUDIENCE);
    return secret.map(text -> new AdminIssuer(audiences, text));
  }

  private static Set<String> audiences(List<String> given, String absent) {
    return given.isEmpty() ? Set.of(absent) : Set.copyOf(given);
  }

  private Optional<SecretText> signingSecret(
      Resource.Settings settings, String field, SecretRef ref) {
    Optional<SecretText> secret = secrets.resolve(settings, field, ref);
    if (secret.isPresent() && secret.get().bytes().length < SIGNING_SECRET_MIN) {
      findings.error(
          settings,
          Reason.INVALID,
          field,
          "has fewer than " + SIGNING_SECRET_MIN + " bytes (RFC 7518)",
          "make one with openssl rand -base64 48");
      return Optional.empty();
    }
    return secret;
  }
}
