package io.keyfront.operator.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.finding.Severity;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.core.snapshot.NamespaceRule;
import io.keyfront.operator.observe.Proxies;
import io.keyfront.operator.observe.Proxy;
import io.keyfront.operator.plan.Place;
import io.keyfront.operator.plan.Planned;
import io.keyfront.operator.plan.Upstream;
import io.keyfront.snapshot.LoadedParts;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.ProxyEcho;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final PartName PART = PartName.tokens(7);
  private static final PartName BASE = PartName.BASE;
  private static final Upstream UPSTREAM =
      new Upstream(
          new Credential(
              new CredentialId("team", "llama"),
              "openai",
              Optional.empty(),
              new Credential.Auth.ApiKey(SecretText.of("sk-fake")),
              0,
              1,
              List.of(),
              NamespaceRule.ALL,
              Limits.NONE),
          requireNonNull(ProviderCatalog.builtIn().get("openai")),
          Optional.empty());
  private static final long LATER = Duration.ofMinutes(1).toNanos();

  @Test
  void objectThatEveryLiveProxyRunsIsReady() {
    Readiness readiness = of(placed(List.of()), loaded(5L, 6L, 5L));

    assertThat(readiness.verdict().holds()).isTrue();
    assertThat(readiness.verdict().reason()).isEqualTo(ConditionReason.VALID);
    assertThat(readiness.loadedBy()).contains("3/3");
  }

  @Test
  void oneProxyThatIsBehindMakesItNotLoadedAndItsRefusalIsTold() {
    Proxy behind = proxy(4L, Map.of(PART, "Part tokens-07 is not gzip."));
    var loaded = new Proxies.Loaded(List.of(proxy(5L, Map.of()), behind), Duration.ofHours(1));

    Readiness readiness = Readiness.of(placed(List.of()), loaded, LATER);

    assertThat(readiness.verdict().reason()).isEqualTo(ConditionReason.NOT_LOADED);
    assertThat(readiness.verdict().message()).contains("1 of 2").contains("is not gzip");
    assertThat(readiness.loadedBy()).contains("1/2");
    assertThat(readiness.settling()).isFalse();
  }

  @Test
  void reportWaitsWhileProxiesAreStillLoading() {
    Readiness justPublished = Readiness.of(placed(List.of()), loaded(4L), 1);
    var started = new Proxies.Loaded(List.of(proxy(0L, Map.of())), Duration.ofSeconds(2));

    assertThat(justPublished.settling()).isTrue();
    assertThat(Readiness.of(placed(List.of()), started, LATER).settling()).isTrue();
  }

  @Test
  void withoutAProxyNothingIsReady() {
    Readiness readiness = of(placed(List.of()), loaded());

    assertThat(readiness.verdict().reason()).isEqualTo(ConditionReason.NO_PROXY);
    assertThat(readiness.loadedBy()).contains("0/0");
  }

  @Test
  void errorSaysItsReasonFieldAndFix() {
    Finding wrong = finding(Severity.ERROR, Reason.SECRET_MISSING);

    Readiness readiness = of(placed(List.of(wrong)), loaded(5L));

    assertThat(readiness.verdict().reason()).isEqualTo(ConditionReason.SECRET_MISSING);
    assertThat(readiness.verdict().message()).isEqualTo("spec.field: is not right; make it right.");
    assertThat(readiness.loadedBy()).isEmpty();
  }

  @Test
  void warningIsANoteOfWhatIsReadyButOverriddenIsNotInUse() {
    Finding warning = finding(Severity.WARNING, Reason.NO_EFFECT);
    Finding overridden = finding(Severity.WARNING, Reason.OVERRIDDEN);

    assertThat(of(placed(List.of(warning)), loaded(5L)).verdict())
        .isEqualTo(
            Verdict.yes(
                ConditionReason.VALID, "In use. Note: spec.field: is not right; make it right."));
    assertThat(of(placed(List.of(overridden)), loaded(5L)).verdict().reason())
        .isEqualTo(ConditionReason.OVERRIDDEN);
  }

  @Test
  void partThatCouldNotBeWrittenIsSaid() {
    Planned planned = Planned.of(1, List.of()).inTrouble("The snapshot could not be written.");

    assertThat(of(planned, loaded(5L)).verdict())
        .isEqualTo(Verdict.no(ConditionReason.NOT_PUBLISHED, "The snapshot could not be written."));
  }

  @Test
  void credentialIsReadyOnlyWhereItsProvidersEntryIsLoadedToo() {
    Planned credential = placed(List.of()).through(UPSTREAM).basedAt(new Place(BASE, 8, 0));

    assertThat(of(credential, new Proxies.Loaded(List.of(proxy(5, 8)), Duration.ofHours(1))))
        .extracting(one -> one.verdict().reason())
        .isEqualTo(ConditionReason.VALID);
    Readiness behind =
        of(credential, new Proxies.Loaded(List.of(proxy(5, 8), proxy(5, 7)), Duration.ofHours(1)));
    assertThat(behind.verdict().reason()).isEqualTo(ConditionReason.NOT_LOADED);
    assertThat(behind.loadedBy()).contains("1/2");
  }

  @Test
  void credentialWhoseProviderIsInNoBaseYetIsNotPublished() {
    Planned credential = Planned.of(1, List.of()).through(UPSTREAM).inTrouble("It was refused.");

    Planned itsOwnPartIsThere = credential.at(new Place(PART, 5, 0));
    Planned bothAreThere = itsOwnPartIsThere.basedAt(new Place(BASE, 8, 0));

    assertThat(of(itsOwnPartIsThere, loaded(5L)).verdict())
        .isEqualTo(Verdict.no(ConditionReason.NOT_PUBLISHED, "It was refused."));
    assertThat(bothAreThere.trouble()).isEmpty();
  }

  private static Proxy proxy(long part, long base) {
    return new Proxy(
        "proxy",
        Duration.ofSeconds(15),
        new ProxyEcho(new LoadedParts(Map.of(PART, part, BASE, base)), Map.of()),
        Optional.empty(),
        0);
  }

  private static Readiness of(Planned planned, Proxies.Loaded loaded) {
    return Readiness.of(planned, loaded, LATER);
  }

  private static Planned placed(List<Finding> findings) {
    return Planned.of(1, findings).at(new Place(PART, 5, 0));
  }

  private static Finding finding(Severity severity, Reason reason) {
    return new Finding(
        severity,
        reason,
        Optional.empty(),
        Optional.empty(),
        "spec.field",
        "is not right",
        "make it right");
  }

  private static Proxies.Loaded loaded(Long... sequences) {
    return new Proxies.Loaded(
        Stream.of(sequences).map(sequence -> proxy(sequence, Map.of())).toList(),
        Duration.ofHours(1));
  }

  private static Proxy proxy(Long sequence, Map<PartName, String> refused) {
    return new Proxy(
        "proxy",
        Duration.ofSeconds(15),
        new ProxyEcho(new LoadedParts(Map.of(PART, sequence)), refused),
        Optional.empty(),
        0);
  }
}
