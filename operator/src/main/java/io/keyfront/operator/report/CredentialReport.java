package io.keyfront.operator.report;

import io.fabric8.kubernetes.api.model.Condition;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.crds.ProviderCredentialSpec;
import io.keyfront.crds.ProviderCredentialStatus;
import io.keyfront.operator.check.KeyAnswer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the status of a ProviderCredential. */
public final class CredentialReport {
  /** A status that says nothing yet. */
  public static final ProviderCredentialStatus NOTHING =
      new ProviderCredentialStatus(null, List.of(), null, null, null, null, null);

  /** What proxies have to do with: that a key is of no use any more is the greater news. */
  private static final Set<ConditionReason> OF_PROXIES =
      EnumSet.of(
          ConditionReason.VALID,
          ConditionReason.NOT_LOADED,
          ConditionReason.NO_PROXY,
          ConditionReason.NOT_PUBLISHED);

  private CredentialReport() {}

  /**
   * What a status is made of.
   *
   * @param fingerprint of the key in use; absent where there is none
   * @param answer what the provider made of the key, where it was asked
   */
  public record Facts(
      ProviderCredential credential,
      Readiness readiness,
      Optional<String> fingerprint,
      Optional<KeyAnswer> answer,
      Instant now) {}

  public static ProviderCredentialStatus of(Facts facts, ProviderCredentialStatus old) {
    long generation = facts.credential.getMetadata().getGeneration();
    boolean rotated =
        facts.fingerprint.isPresent() && !facts.fingerprint.get().equals(old.fingerprint());
    String rotatedAt =
        rotated ? facts.now.truncatedTo(ChronoUnit.SECONDS).toString() : old.lastRotatedTime();
    Optional<KeyLife> life = life(facts, rotatedAt);
    Map<ConditionType, Verdict> verdicts = new EnumMap<>(ConditionType.class);
    verdicts.put(ConditionType.READY, ready(facts, life, old));
    life.ifPresent(one -> verdicts.put(ConditionType.RENEWAL_DUE, due(facts, one)));
    return new ProviderCredentialStatus(
        generation,
        Conditions.merged(old.conditions(), verdicts, generation, facts.now),
        facts.fingerprint.orElse(null),
        rotatedAt,
        life.map(one -> one.ends().toString()).orElse(null),
        life.map(one -> one.renewal().toString()).orElse(null),
        facts.readiness.loadedBy().orElse(null));
  }

  private static Optional<KeyLife> life(Facts facts, @Nullable String rotatedAt) {
    String since =
        Objects.requireNonNullElse(
            rotatedAt, facts.credential.getMetadata().getCreationTimestamp());
    return KeyLife.end(facts.credential)
        .map(end -> KeyLife.of(KeyLife.time(since).orElse(facts.now), end));
  }

  private static Verdict ready(Facts facts, Optional<KeyLife> life, ProviderCredentialStatus old) {
    Verdict plain = facts.readiness.verdict();
    if (!OF_PROXIES.contains(plain.reason())) {
      return plain;
    }
    if (life.filter(one -> one.isOver(facts.now)).isPresent()) {
      return Verdict.no(
          ConditionReason.EXPIRED,
          "Its key ended at " + life.get().ends() + ": no proxy uses it. " + renew(facts));
    }
    return facts.credential.getSpec().validate() ? validated(facts, plain, old) : plain;
  }

  private static Verdict validated(Facts facts, Verdict plain, ProviderCredentialStatus old) {
    if (facts.answer.isEmpty()) {
      return stillRefused(facts, old).orElse(plain);
    }
    return switch (facts.answer.get()) {
      case KeyAnswer.Taken() -> plain;
      case KeyAnswer.Refused(int status) ->
          Verdict.no(ConditionReason.AUTH_FAILED, refused(facts, status));
      case KeyAnswer.Unknown(String why) ->
          stillRefused(facts, old).orElseGet(() -> plain.holds() ? unknown(plain, why) : plain);
    };
  }

  /** Who cannot tell has not taken the key that was refused before. */
  private static Optional<Verdict> stillRefused(Facts facts, ProviderCredentialStatus old) {
    return facts
        .fingerprint
        .filter(one -> one.equals(old.fingerprint()))
        .flatMap(same -> Conditions.find(old.conditions(), ConditionType.READY.label()))
        .filter(one -> ConditionReason.AUTH_FAILED.label().equals(one.getReason()))
        .map(Condition::getMessage)
        .map(message -> Verdict.no(ConditionReason.AUTH_FAILED, message));
  }

  private static Verdict unknown(Verdict plain, String why) {
    return Verdict.yes(
        ConditionReason.VALIDATION_UNKNOWN,
        plain.message()
            + " Whether the provider takes the key cannot be told: it "
            + why
            + ". It is asked again within an hour.");
  }

  private static String refused(Facts facts, int status) {
    return "The provider refused the key (%d): put a valid one into %s. A key that only may not list models reads the same: for such a one set validate to false."
        .formatted(status, place(facts));
  }

  private static Verdict due(Facts facts, KeyLife life) {
    return life.isDue(facts.now)
        ? Verdict.yes(
            ConditionReason.RENEWAL_DUE,
            (life.isOver(facts.now) ? "Its key ended at " : "Its key ends at ")
                + life.ends()
                + ". "
                + renew(facts))
        : Verdict.no(ConditionReason.VALID, "To be renewed from " + life.renewal() + " on.");
  }

  private static String renew(Facts facts) {
    return "Put a new key into " + place(facts) + ", and its end into expiresAt.";
  }

  private static String place(Facts facts) {
    ProviderCredentialSpec.Auth auth = facts.credential.getSpec().auth();
    ProviderCredentialSpec.ApiKey key = auth == null ? null : auth.apiKey();
    return key == null || key.secretRef() == null
        ? "its Secret"
        : "Secret " + key.secretRef().name();
  }
}
