package io.keyfront.compiler.read;

import io.keyfront.crds.BudgetSpec;
import io.keyfront.crds.KeyfrontSettingsSpec;
import io.keyfront.crds.LabelSelector;
import io.keyfront.crds.LimitsSpec;
import io.keyfront.crds.MachineTokenSpec;
import io.keyfront.crds.ModelAliasSpec;
import io.keyfront.crds.ProviderCredentialSpec;
import io.keyfront.crds.SecretRef;
import io.keyfront.crds.WebhookSettings;
import java.util.Objects;

/**
 * Reads the spec of each kind. A field of the design that is not built yet is named here too, so
 * that it is refused with that reason.
 */
final class SpecReaders {
  private SpecReaders() {}

  static ProviderCredentialSpec credential(Fields spec) {
    return new ProviderCredentialSpec(
        spec.requiredText("provider"),
        spec.text("endpoint"),
        spec.text("protocol"),
        spec.requiredFields("auth", SpecReaders::auth),
        spec.number("priority", 0),
        spec.number("weight", 1),
        spec.texts("models"),
        spec.fields("allowedNamespaces", SpecReaders::selector),
        spec.fields("limits", SpecReaders::limits),
        spec.fields("budget", SpecReaders::budget),
        spec.text("expiresAt"),
        Boolean.TRUE.equals(spec.flag("validate")));
  }

  private static ProviderCredentialSpec.Auth auth(Fields auth) {
    auth.notYet("oauth", "bedrock", "vertex", "azure", "federation");
    return new ProviderCredentialSpec.Auth(
        auth.fields("apiKey", key -> new ProviderCredentialSpec.ApiKey(requiredSecretRef(key))));
  }

  private static LabelSelector selector(Fields selector) {
    return new LabelSelector(
        selector.textMap("matchLabels"),
        selector.list(
            "matchExpressions",
            item ->
                new LabelSelector.Requirement(
                    item.requiredText("key"),
                    item.requiredText("operator"),
                    item.texts("values"))));
  }

  static MachineTokenSpec token(Fields spec) {
    spec.notYet("tools");
    return new MachineTokenSpec(
        Objects.requireNonNullElse(spec.text("format"), MachineTokenSpec.OPAQUE),
        spec.text("serviceAccountName"),
        spec.text("secretName"),
        spec.fields("tokenFrom", from -> new MachineTokenSpec.TokenFrom(requiredSecretRef(from))),
        spec.requiredTexts("scopes"),
        spec.text("ttl"),
        spec.text("expiresAt"),
        spec.text("rotateBefore"),
        spec.texts("cidrs"),
        Boolean.TRUE.equals(spec.flag("revoked")),
        spec.text("note"),
        spec.fields("limits", SpecReaders::limits),
        spec.fields("budget", SpecReaders::budget));
  }

  private static LimitsSpec limits(Fields limits) {
    return new LimitsSpec(
        limits.amount("requestsPerMinute"),
        limits.amount("tokensPerMinute"),
        limits.amount("concurrency"));
  }

  private static BudgetSpec budget(Fields budget) {
    return new BudgetSpec(
        budget.text("usd"),
        budget.amount("tokens"),
        budget.text("window"),
        budget.text("onLedgerLoss"));
  }

  static ModelAliasSpec alias(Fields spec) {
    return new ModelAliasSpec(
        spec.requiredFields(
            "match",
            match -> new ModelAliasSpec.Match(match.requiredText("model"), match.text("provider"))),
        spec.requiredList("targets", SpecReaders::target));
  }

  private static ModelAliasSpec.Target target(Fields target) {
    return new ModelAliasSpec.Target(
        target.requiredText("provider"),
        target.text("model"),
        target.number("weight", 1),
        target.number("priority", 0));
  }

  static KeyfrontSettingsSpec settings(Fields spec) {
    spec.notYet("cache", "cors", "capture", "records");
    return new KeyfrontSettingsSpec(
        spec.fields("jwt", SpecReaders::jwt),
        spec.number("trustedHops", 0),
        spec.list("providers", SpecReaders::provider),
        spec.fields("defaultLimits", SpecReaders::limits),
        spec.list("prices", PriceReaders::price),
        spec.list("webhooks", SpecReaders::webhook));
  }

  private static WebhookSettings webhook(Fields webhook) {
    return new WebhookSettings(
        webhook.requiredText("name"),
        webhook.requiredText("url"),
        requiredSecretRef(webhook),
        webhook.texts("events"),
        webhook.numbers("thresholds"),
        Boolean.TRUE.equals(webhook.flag("bodySignature")));
  }

  private static KeyfrontSettingsSpec.Jwt jwt(Fields jwt) {
    jwt.notYet("issuers", "jwks");
    return new KeyfrontSettingsSpec.Jwt(
        jwt.texts("audiences"),
        jwt.fields("secretRef", SpecReaders::secretRef),
        jwt.fields(
            "admin",
            admin ->
                new KeyfrontSettingsSpec.Admin(
                    admin.texts("audiences"), requiredSecretRef(admin))));
  }

  private static KeyfrontSettingsSpec.ProviderSettings provider(Fields provider) {
    return new KeyfrontSettingsSpec.ProviderSettings(
        provider.requiredText("name"),
        provider.text("endpoint"),
        provider.fields(
            "capabilities",
            able ->
                new KeyfrontSettingsSpec.Capabilities(
                    able.flag("streamOptions"),
                    able.flag("stopsOnReset"),
                    able.amount("maxTokensPerSecond"))),
        provider.fields("limits", SpecReaders::limits),
        provider.fields("budget", SpecReaders::budget));
  }

  private static SecretRef requiredSecretRef(Fields fields) {
    return fields.requiredFields("secretRef", SpecReaders::secretRef);
  }

  private static SecretRef secretRef(Fields ref) {
    return new SecretRef(ref.requiredText("name"), ref.requiredText("key"));
  }
}
