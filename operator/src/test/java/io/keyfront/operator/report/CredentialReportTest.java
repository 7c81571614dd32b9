package io.keyfront.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.crds.ProviderCredentialSpec;
import io.keyfront.crds.ProviderCredentialSpec.ApiKey;
import io.keyfront.crds.ProviderCredentialSpec.Auth;
import io.keyfront.crds.ProviderCredentialStatus;
import io.keyfront.crds.SecretRef;
import io.keyfront.operator.check.KeyAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialReportTest {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Readiness READY =
      readiness(Verdict.yes(ConditionReason.VALID, "Every live proxy runs it."));

  @Test
  void keyWithoutAnEndIsNeverDue() {
    ProviderCredentialStatus status = report(facts(null, CREATED), CredentialReport.NOTHING);

    assertThat(status.conditions()).extracting(Condition::getType).containsExactly("Ready");
    assertThat(status.expiresAt()).isNull();
    assertThat(status.renewalTime()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "2027-01-01T00:00:00Z, 2026-12-25T00:00:00Z, seven days before the end of a long life",
    "2026-01-22T00:00:00Z, 2026-01-15T00:00:00Z, seven days are a third of three weeks",
    "2026-01-04T00:00:00Z, 2026-01-03T00:00:00Z, two thirds of a short life",
    "2025-12-31T00:00:00Z, 2025-12-31T00:00:00Z, a key that had ended when it was first seen",
    "2026-01-04T02:00:00+02:00, 2026-01-03T00:00:00Z, another offset"
  })
  void renewalTimeLeavesRoomBeforeTheEnd(String end, Instant renewal, String why) {
    ProviderCredentialStatus status = report(facts(end, CREATED), CredentialReport.NOTHING);

    assertThat(status.renewalTime()).as(why).isEqualTo(renewal.toString());
    assertThat(Instant.parse(String.valueOf(status.expiresAt()))).isAfterOrEqualTo(renewal);
  }

  @Test
  void lifeOfARotatedKeyBeginsWithItsRotation() {
    Instant rotated = Instant.parse("2026-06-01T00:00:00Z");

    ProviderCredentialStatus status =
        report(facts("2026-06-04T00:00:00Z", rotated), CredentialReport.NOTHING);

    assertThat(status.lastRotatedTime()).isEqualTo(rotated.toString());
    assertThat(status.renewalTime()).isEqualTo("2026-06-03T00:00:00Z");
  }

  @Test
  void renewalIsDueFromItsTimeOnWhileTheKeyIsStillReady() {
    String end = "2026-01-04T00:00:00Z";
    ProviderCredentialStatus first = report(facts(end, CREATED), CredentialReport.NOTHING);

    ProviderCredentialStatus due = report(facts(end, at("2026-01-03T00:00:00Z")), first);

    assertThat(condition(first, "RenewalDue")).isEqualTo("False Valid");
    assertThat(condition(due, "RenewalDue")).isEqualTo("True RenewalDue");
    assertThat(condition(due, "Ready")).isEqualTo("True Valid");
    assertThat(due.conditions().getLast().getMessage()).contains(end).contains("Secret openai");
  }

  @Test
  void keyThatEndedIsExpiredToTheSecondAndWhateverProxiesSay() {
    String end = "2026-01-04T00:00:00Z";
    Readiness noProxy = readiness(Verdict.no(ConditionReason.NO_PROXY, "No proxy is running."));
    ProviderCredentialStatus first = report(facts(end, CREATED), CredentialReport.NOTHING);

    assertThat(condition(report(facts(end, at("2026-01-03T23:59:59Z")), first), "Ready"))
        .isEqualTo("True Valid");
    assertThat(condition(report(facts(end, at(end)), first), "Ready")).isEqualTo("False Expired");
    assertThat(condition(report(facts(end, at(end), noProxy, true, null), first), "Ready"))
        .isEqualTo("False Expired");
  }

  @Test
  void whatIsWrongWithTheResourceGoesBeforeItsEnd() {
    Readiness missing =
        readiness(Verdict.no(ConditionReason.SECRET_MISSING, "The Secret is not there."));

    ProviderCredentialStatus status =
        report(
            facts("2025-01-01T00:00:00Z", CREATED, missing, true, null), CredentialReport.NOTHING);

    assertThat(condition(status, "Ready")).isEqualTo("False SecretMissing");
  }

  @Test
  void refusedKeyIsNotReadyAndTheFixIsNamed() {
    ProviderCredentialStatus status = answered(new KeyAnswer.Refused(401), true);

    assertThat(condition(status, "Ready")).isEqualTo("False AuthFailed");
    assertThat(status.conditions().getFirst().getMessage())
        .contains("(401)")
        .contains("put a valid one into Secret openai");
  }

  @Test
  void whoCannotTellLeavesTheKeyReadyAndSaysSo() {
    ProviderCredentialStatus status = answered(new KeyAnswer.Unknown("answered 503"), true);

    assertThat(condition(status, "Ready")).isEqualTo("True ValidationUnknown");
    assertThat(status.conditions().getFirst().getMessage()).contains("it answered 503.");
  }

  @Test
  void whoCannotTellDoesNotMakeARefusedKeyGood() {
    ProviderCredentialStatus refused = answered(new KeyAnswer.Refused(403), true);

    for (@Nullable KeyAnswer later :
        new KeyAnswer[] {new KeyAnswer.Unknown("answered 503"), null}) {
      ProviderCredentialStatus now = report(facts(null, CREATED, READY, true, later), refused);
      assertThat(condition(now, "Ready")).isEqualTo("False AuthFailed");
    }
    assertThat(
            condition(
                report(facts(null, CREATED, READY, true, new KeyAnswer.Taken()), refused), "Ready"))
        .isEqualTo("True Valid");
  }

  @Test
  void anotherKeyIsNotHeldToWhatWasSaidOfTheFormer() {
    ProviderCredentialStatus refused = answered(new KeyAnswer.Refused(403), true);
    CredentialReport.Facts rotated =
        new CredentialReport.Facts(
            credential(null, true), READY, Optional.of("another"), Optional.empty(), CREATED);

    assertThat(condition(CredentialReport.of(rotated, refused), "Ready")).isEqualTo("True Valid");
  }

  @Test
  void answerCountsOnlyWhereItIsAskedFor() {
    assertThat(condition(answered(new KeyAnswer.Refused(401), false), "Ready"))
        .isEqualTo("True Valid");
  }

  private static ProviderCredentialStatus answered(KeyAnswer answer, boolean validate) {
    return report(facts(null, CREATED, READY, validate, answer), CredentialReport.NOTHING);
  }

  private static Instant at(String time) {
    return Instant.parse(time);
  }

  private static ProviderCredentialStatus report(
      CredentialReport.Facts facts, ProviderCredentialStatus old) {
    return CredentialReport.of(facts, old);
  }

  private static String condition(ProviderCredentialStatus status, String type) {
    return status.conditions().stream()
        .filter(one -> one.getType().equals(type))
        .map(one -> one.getStatus() + " " + one.getReason())
        .findFirst()
        .orElse("");
  }

  private static Readiness readiness(Verdict verdict) {
    return new Readiness(verdict, Optional.of("1/1"), false);
  }

  private static CredentialReport.Facts facts(@Nullable String end, Instant now) {
    return facts(end, now, READY, false, null);
  }

  private static CredentialReport.Facts facts(
      @Nullable String end,
      Instant now,
      Readiness readiness,
      boolean validate,
      @Nullable KeyAnswer answer) {
    return new CredentialReport.Facts(
        credential(end, validate),
        readiness,
        Optional.of("fingerprint"),
        Optional.ofNullable(answer),
        now);
  }

  private static ProviderCredential credential(@Nullable String end, boolean validate) {
    ProviderCredential credential = new ProviderCredential();
    credential.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("team")
            .withName("openai")
            .withGeneration(4L)
            .withCreationTimestamp(CREATED.toString())
            .build());
    credential.setSpec(
        new ProviderCredentialSpec(
            "openai",
            null,
            null,
            new Auth(new ApiKey(new SecretRef("openai", "api-key"))),
            0,
            1,
            List.of(),
            null,
            null,
            null,
            end,
            validate));
    return credential;
  }
}
