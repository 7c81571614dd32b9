package io.keyfront.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.SnapshotSecrets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProxiesTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final PartName PART = PartName.tokens(3);

  private long nanos;
  private int heard;
  private final Proxies proxies = new Proxies(() -> nanos, () -> heard++);

  @Test
  void leaseThatIsNotRenewedCountsNoLongerThanItsDuration() {
    proxies.take(lease("one", NOW, "{\"tokens-03\":7}"), NOW);
    pass(Duration.ofSeconds(14));
    assertThat(proxies.loaded().count(PART, 7)).isEqualTo(1);

    pass(Duration.ofSeconds(2));

    assertThat(proxies.loaded().of()).isZero();
    assertThat(proxies.tick()).isTrue();
  }

  @Test
  void proxyWhoseClockIsMinutesOffIsLiveForAsLongAsItRenews() {
    Instant skewed = NOW.plus(Duration.ofMinutes(4));
    proxies.take(lease("ahead", skewed, "{}"), NOW);
    proxies.take(lease("behind", NOW.minus(Duration.ofMinutes(4)), "{}"), NOW);
    pass(Duration.ofSeconds(10));
    proxies.take(lease("ahead", skewed.plusSeconds(10), "{}"), NOW.plusSeconds(10));
    pass(Duration.ofSeconds(10));

    assertThat(proxies.loaded().live()).extracting(Proxy::name).containsExactly("ahead");
  }

  @Test
  void leaseThatWasLeftBehindLongAgoNeverCounts() {
    proxies.take(lease("ghost", NOW.minus(Duration.ofDays(3)), "{}"), NOW);

    assertThat(proxies.loaded().of()).isZero();
  }

  @Test
  void wordIsPassedOnOnlyWhenItIsNew() {
    proxies.take(lease("one", NOW, "{\"tokens-03\":7}"), NOW);
    proxies.take(lease("one", NOW.plusSeconds(5), "{\"tokens-03\":7}"), NOW);
    assertThat(heard).isEqualTo(1);

    proxies.take(lease("one", NOW.plusSeconds(10), "{\"tokens-03\":8}"), NOW);

    assertThat(heard).isEqualTo(2);
  }

  @Test
  void annotationOfGarbageSaysThatNothingIsLoaded() {
    proxies.take(lease("one", NOW, "]not json["), NOW);

    assertThat(proxies.loaded().of()).isEqualTo(1);
    assertThat(proxies.loaded().count(PART, 1)).isZero();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private static Lease lease(String name, Instant renewed, String loaded) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withNamespace("keyfront")
        .withName(name)
        .addToAnnotations(SnapshotSecrets.LOADED, loaded)
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(name)
        .withLeaseDurationSeconds(15)
        .withRenewTime(renewed.atZone(ZoneOffset.UTC))
        .endSpec()
        .build();
  }
}
