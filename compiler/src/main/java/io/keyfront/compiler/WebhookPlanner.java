package io.keyfront.compiler;

import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.notice.Webhook;
import io.keyfront.core.notice.WebhookSignature;
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

  private final Secrets secrets;
  private final Endpoints endpoints;
  private final Findings findings;

  WebhookPlanner(Secrets secrets, Endpoints endpoints, Findings findings) {
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
