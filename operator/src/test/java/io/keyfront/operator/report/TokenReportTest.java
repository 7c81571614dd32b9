package io.keyfront.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.MachineTokenSpec;
import io.keyfront.crds.MachineTokenStatus;
import io.keyfront.operator.plan.Planned;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenReportTest {
  private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-11-01T01:00:00Z");
  private static final Readiness READY =
      new Readiness(
          Verdict.yes(ConditionReason.VALID, "Every live proxy runs it."),
          Optional.of("3/3"),
          false);
  private static final Readiness BEHIND =
      new Readiness(
          Verdict.no(ConditionReason.NOT_LOADED, "2 of 3 live proxies run it."),
          Optional.of("2/3"),
          false);

  @Test
  void conditionKeepsItsTimeWhileItsStatusStaysAndMovesItWhenThatChanges() {
    MachineTokenStatus first = report(READY, TokenReport.empty(), FIRST);
    MachineTokenStatus same = report(READY, first, LATER);
    MachineTokenStatus changed = report(BEHIND, same, LATER);

    assertThat(same).isEqualTo(first);
    assertThat(ready(first).getLastTransitionTime()).isEqualTo("2026-11-01T00:00:00Z");
    assertThat(ready(changed).getLastTransitionTime()).isEqualTo("2026-11-01T01:00:00Z");
    assertThat(ready(changed).getReason()).isEqualTo("NotLoaded");
    assertThat(changed.loadedBy()).isEqualTo("2/3");
  }

  @Test
  void statusHasAllFourConditionsAndTheGenerationItSpeaksOf() {
    MachineTokenStatus status = report(READY, TokenReport.empty(), FIRST);

    assertThat(status.observedGeneration()).isEqualTo(4);
    assertThat(status.conditions())
        .extracting(Condition::getType)
        .containsExactly("Ready", "Revoked", "Expired", "BudgetExhausted");
    assertThat(status.conditions())
        .allSatisfy(one -> assertThat(one.getObservedGeneration()).isEqualTo(4));
  }

  @Test
  void troubleTakesThePlaceOfReadyAndLeavesTheRest() {
    MachineTokenStatus status = report(READY, TokenReport.empty(), FIRST);

    MachineTokenStatus troubled =
        TokenReport.troubled(
            status, Verdict.no(ConditionReason.FORBIDDEN, "It lacks a right."), 4, LATER);

    assertThat(ready(troubled).getReason()).isEqualTo("Forbidden");
    assertThat(troubled.conditions()).hasSize(4);
    assertThat(troubled.loadedBy()).isEqualTo("3/3");
  }

  @Test
  void everyReasonIsAWordOfItsOwn() {
    assertThat(Arrays.stream(ConditionReason.values()).map(ConditionReason::label))
        .doesNotHaveDuplicates()
        .allMatch(label -> label.matches("[A-Z][A-Za-z]+"));
  }

  private static Condition ready(MachineTokenStatus status) {
    return status.conditions().getFirst();
  }

  private static MachineTokenStatus report(
      Readiness readiness, MachineTokenStatus old, Instant now) {
    MachineToken token = new MachineToken();
    token.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("team")
            .withName("ci")
            .withUid("uid")
            .withGeneration(4L)
            .build());
    token.setSpec(MachineTokenSpec.opaque(List.of("mock")));
    return TokenReport.of(
        new TokenReport.Facts(
            token,
            Planned.of(4, List.of()),
            readiness,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            now),
        old);
  }
}
