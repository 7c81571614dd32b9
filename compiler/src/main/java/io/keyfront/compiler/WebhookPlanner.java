package io.keyfront.compiler;

import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.notice.NoticeType;
import io.keyfront.core.notice.Webhook;
import io.keyfront.core.notice.WebhookSignature;
import io.keyfront.core.scope.Glob;
import io.keyfront.core.secret.SecretText;
import io.keyfront.crds.WebhookSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns the settings' webhooks into those in force. One that is wrong is left out alone. */
final class WebhookPlanner {
  private static final String FRESH = "make one with openssl rand -base64 32";

  /** What only the admin API and the command line do: nobody mints or revokes so in a cluster. */
  private static final Set<NoticeType> AT_HOME_ONLY =
      Set.of(NoticeType.TOKEN_MINTED, NoticeType.TOKEN_REVOKED);

  private final boolean operated;
  private final Secrets secrets;
  private final Endpoints endpoints;
  private final Findings findings;

  WebhookPlanner(boolean operated, Secrets secrets, Endpoints endpoints, Findings findings) {
    this.operated = operated;
    this.secrets = secrets;
    this.endpoints = endpoints;
    this.findings = findings;
  }

  List<Webhook> plan(Optional<Resource.Settings> chosen) {
    List<Webhook> webhooks = new ArrayList<>();
    chosen.ifPresent(settings -> plan(settings, webhooks));
    return webhooks;
  }

  private void plan(Resource.Settings settings, List<Webhook> webhooks) {
    List<WebhookSettings> given = settings.spec().webhooks();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      String field = "spec.webhooks[" + i + "]";
      if (names.add(given.get(i).name())) {
        warnOfSilence(settings, field, given.get(i));
        webhook(settings, field, given.get(i)).ifPresent(webhooks::add);
      } else {
        findings.error(
            settings,
            Reason.CONFLICT,
            field + ".name",
            "has the name of one before it",
            "give it a name of its own");
      }
    }
  }

  /** An event that is named and never comes; a glob that others match too is no mistake. */
  private void warnOfSilence(Resource.Settings settings, String field, WebhookSettings given) {
    List<Glob> globs = given.events().isEmpty() ? List.of() : given.globs();
    for (int i = 0; i < globs.size(); i++) {
      Glob glob = globs.get(i);
      if (operated
          && NoticeType.LISTED.stream()
              .filter(type -> glob.matches(type.label()))
              .allMatch(AT_HOME_ONLY::contains)) {
        findings.warning(
            settings,
            Reason.NO_EFFECT,
            field + ".events[" + i + "]",
            "'" + given.events().get(i) + "' never comes in a cluster, where resources make tokens",
            "remove it, or watch the events of MachineTokens");
      }
    }
  }

  private Optional<Webhook> webhook(
      Resource.Settings settings, String field, WebhookSettings given) {
    Optional<URI> url = endpoints.checkReceiver(settings, field + ".url", given.url());
    Optional<SecretText> secret =
        secrets
            .resolveForHeader(settings, field + ".secretRef", given.secretRef())
            .filter(text -> isUsable(settings, field + ".secretRef", text));
    if (url.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Webhook(
            given.name(),
            url.get(),
            secret.get(),
            given.globs(),
            given.percents(),
            given.bodySignature()));
  }

  private boolean isUsable(Resource.Settings settings, String field, SecretText secret) {
    Optional<byte[]> key = WebhookSignature.key(secret);
    if (key.isEmpty()) {
      findings.error(settings, Reason.INVALID, field, "has no Base64 behind whsec_", FRESH);
      return false;
    }
    if (key.get().length < WebhookSignature.KEY_MIN) {
      findings.error(
          settings,
          Reason.INVALID,
          field,
          "has fewer than " + WebhookSignature.KEY_MIN + " bytes",
          FRESH);
      return false;
    }
    return true;
  }
}
