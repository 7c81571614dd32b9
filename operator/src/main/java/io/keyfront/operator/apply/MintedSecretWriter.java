package io.keyfront.operator.apply;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.MachineToken;
import io.keyfront.operator.observe.MintedSecret;
import io.keyfront.operator.observe.MintedSecret.Previous;
import io.keyfront.operator.observe.MintedSecrets;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.TokenEnvironment;
import io.keyfront.operator.plan.MintStep;
import io.keyfront.operator.report.ConditionReason;
import io.keyfront.operator.report.Verdict;
import io.keyfront.operator.serve.OperatorMetrics;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Writes plaintexts into Secrets. A plaintext is in this class only for as long as that takes. */
public final class MintedSecretWriter {
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  /** Longest name that a label's value can hold whole. */
  private static final int LABEL_MAX = 63;

  private final KubernetesClient client;
  private final TokenEnvironment environment;
  private final MintedSecrets minted;
  private final Plaintexts plaintexts;
  private final InstantSource clock;
  private final OperatorMetrics metrics;

  public MintedSecretWriter(
      KubernetesClient client,
      TokenEnvironment environment,
      MintedSecrets minted,
      Plaintexts plaintexts,
      InstantSource clock,
      OperatorMetrics metrics) {
    this.client = client;
    this.environment = environment;
    this.minted = minted;
    this.plaintexts = plaintexts;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Takes a step.
   *
   * @return why the token has no Secret, where it has none
   * @throws KubernetesClientException when the API server does not do it
   */
  public Optional<Verdict> take(MintStep step, MachineToken token, ObjectName name) {
    return switch (step) {
      case MintStep.Keep keep -> Optional.empty();
      case MintStep.Wait wait -> Optional.empty();
      case MintStep.Leave(String why) -> conflict(why);
      case MintStep.Mint mint -> minted(mint, token, name);
      case MintStep.Heal(MintedSecret there, Optional<Previous> previous) ->
          healed(token, there, previous);
    };
  }

  private Optional<Verdict> minted(MintStep.Mint mint, MachineToken token, ObjectName name) {
    Optional<SecretText> plaintext = plaintexts.of(token, mint.signedUntil());
    if (plaintext.isEmpty()) {
      return Optional.of(
          Verdict.no(
              ConditionReason.RETRYING, "Nobody could sign it just now: it is tried again."));
    }
    return mint.there().isEmpty()
        ? created(token, name, plaintext.get())
        : replaced(token, mint.there().get(), plaintext.get(), mint.previous());
  }

  /** Made, never applied: what somebody else has under this name stays as it is. */
  private Optional<Verdict> created(MachineToken token, ObjectName name, SecretText plaintext) {
    try {
      Secret secret = secret(token, name, plaintext, now(), Optional.empty()).build();
      minted.take(client.secrets().inNamespace(name.namespace()).resource(secret).create());
      metrics.minted();
      return Optional.empty();
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != CONFLICT) {
        throw refused;
      }
      return thereAlready(token, name, plaintext);
    }
  }

  private Optional<Verdict> thereAlready(
      MachineToken token, ObjectName name, SecretText plaintext) {
    Secret there = client.secrets().inNamespace(name.namespace()).withName(name.name()).get();
    if (there == null) {
      return Optional.of(Verdict.no(ConditionReason.RETRYING, "Its Secret came and went."));
    }
    MintedSecret known = MintedSecret.of(there, environment);
    if (!known.owner().equals(token.getMetadata().getUid())) {
      return conflict(
          "Secret " + name + " is there already and is not this token's: name another one.");
    }
    // Ours, though nobody could see it by its label: it is written whole by the next step.
    return known.trusted().isPresent()
        ? healed(token, minted.take(there), known.previous())
        : replaced(token, minted.take(there), plaintext, Optional.empty());
  }

  private static Optional<Verdict> conflict(String why) {
    return Optional.of(Verdict.no(ConditionReason.CONFLICT, why));
  }

  private Optional<Verdict> replaced(
      MachineToken token, MintedSecret there, SecretText plaintext, Optional<Previous> previous) {
    apply(secret(token, there.name(), plaintext, now(), previous), there.version());
    metrics.minted();
    return Optional.empty();
  }

  private Optional<Verdict> healed(
      MachineToken token, MintedSecret there, Optional<Previous> previous) {
    Secret live =
        client.secrets().inNamespace(there.name().namespace()).withName(there.name().name()).get();
    if (live == null) {
      return Optional.empty();
    }
    MintedSecret now = MintedSecret.of(live, environment);
    if (now.trusted().isEmpty() || !now.owner().equals(token.getMetadata().getUid())) {
      minted.take(live);
      return Optional.empty();
    }
    SecretText plaintext =
        SecretText.of(text(live.getData().getOrDefault(TokenEnvironment.TOKEN, "")));
    String mintedAt = now.mintedAt().orElseGet(clock::instant).toString();
    apply(secret(token, there.name(), plaintext, mintedAt, previous), now.version());
    return Optional.empty();
  }

  private void apply(SecretBuilder secret, String version) {
    // With its version: one that was changed or made anew meanwhile is looked at again.
    Secret body = secret.editMetadata().withResourceVersion(version).endMetadata().build();
    minted.take(
        client
            .secrets()
            .inNamespace(body.getMetadata().getNamespace())
            .resource(body)
            .fieldManager(FieldManager.NAME)
            .forceConflicts()
            .serverSideApply());
  }

  /** Removes a Secret that a token no longer names; one that is gone is as good. */
  public void remove(MintedSecret old) {
    try {
      client.secrets().inNamespace(old.name().namespace()).withName(old.name().name()).delete();
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != NOT_FOUND) {
        throw refused;
      }
    }
  }

  private SecretBuilder secret(
      MachineToken token,
      ObjectName name,
      SecretText plaintext,
      String mintedAt,
      Optional<Previous> previous) {
    SecretBuilder secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(name.namespace())
            .withName(name.name())
            .addToLabels(MintedSecret.LABEL, label(token.getMetadata().getName()))
            .addToAnnotations(MintedSecret.HASH, TokenHash.of(plaintext.reveal()).hex())
            .addToAnnotations(MintedSecret.MINTED_AT, mintedAt)
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion(token.getApiVersion())
                    .withKind(token.getKind())
                    .withName(token.getMetadata().getName())
                    .withUid(token.getMetadata().getUid())
                    .withController(true)
                    .build())
            .endMetadata()
            .withType("Opaque")
            .withData(environment.data(plaintext));
    previous.ifPresent(
        old ->
            secret
                .editMetadata()
                .addToAnnotations(MintedSecret.PREVIOUS_HASH, old.hash().hex())
                .addToAnnotations(MintedSecret.PREVIOUS_ENDS, old.ends().toString())
                .addToAnnotations(
                    old.key().map(kid -> Map.of(MintedSecret.PREVIOUS_KEY, kid)).orElse(Map.of()))
                .endMetadata());
    return secret;
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** A name may be longer than a label's value. */
  private static String label(String name) {
    return name.length() <= LABEL_MAX
        ? name
        : name.substring(0, LABEL_MAX - 13).replaceAll("[^A-Za-z0-9]+$", "")
            + "-"
            + TokenHash.of(name).prefix();
  }

  private static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
