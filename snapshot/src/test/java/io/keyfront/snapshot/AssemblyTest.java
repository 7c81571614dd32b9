package io.keyfront.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.snapshot.Snapshot;
import org.junit.jupiter.api.Test;

class AssemblyTest {
  private static final byte[] GARBAGE = {1, 2, 3};

  private final Assembly all =
      Assembly.EMPTY
          .with(Samples.base(), 1)
          .with(Samples.credential(), 2)
          .with(Samples.tokens(), 3);

  @Test
  void withoutABaseNothingIsServed() {
    Assembly assembly = Assembly.EMPTY.with(Samples.tokens(), 3);

    assertThat(assembly.hasBase()).isFalse();
    assertThat(assembly.snapshot()).isSameAs(Snapshot.EMPTY);
    assertThat(assembly.with(Samples.base(), 1).snapshot().token(Samples.hash())).isPresent();
  }

  @Test
  void refusedPublicationLeavesItsPredecessorAndBlocksNoOther() {
    Assembly assembly =
        all.received(PartName.BASE, 9, GARBAGE)
            .received(Samples.tokens().name(), 10, PartCodec.encode(Samples.tokens(true)));

    assertThat(assembly.snapshot().providers()).containsOnlyKeys("anthropic", "mock");
    assertThat(assembly.snapshot().token(Samples.hash()).orElseThrow().revoked()).isTrue();
    assertThat(assembly.loaded()).containsEntry(PartName.BASE, 1L).containsValue(10L);
    assertThat(assembly.refusals())
        .hasEntrySatisfying(PartName.BASE, base -> assertThat(base.sequence()).isEqualTo(9))
        .hasSize(1);
  }

  @Test
  void goodPublicationEndsTheRefusal() {
    Assembly assembly = all.received(PartName.BASE, 9, GARBAGE).with(Samples.base(), 10);

    assertThat(assembly.refusals()).isEmpty();
    assertThat(assembly.loaded()).containsEntry(PartName.BASE, 10L);
  }

  @Test
  void removedShardTakesItsTokensAlong() {
    Assembly assembly = all.without(Samples.tokens().name());

    assertThat(assembly.snapshot().token(Samples.hash())).isEmpty();
    assertThat(assembly.snapshot().tokens()).isEmpty();
    assertThat(assembly.loaded()).doesNotContainKey(Samples.tokens().name());
  }

  @Test
  void removedCredentialIsNoCandidateAnyMore() {
    assertThat(all.without(Samples.credential().name()).snapshot().credentials()).isEmpty();
  }

  @Test
  void removedBaseStaysInUseAndIsSaid() {
    Assembly assembly = all.without(PartName.BASE);

    assertThat(assembly.hasBase()).isTrue();
    assertThat(assembly.snapshot().token(Samples.hash())).isPresent();
    assertThat(assembly.refusals())
        .hasEntrySatisfying(PartName.BASE, base -> assertThat(base.why()).contains("gone"));
  }

  @Test
  void digestFollowsWhatThePartsHoldAndNotTheirSequences() {
    Assembly again =
        Assembly.EMPTY
            .received(Samples.tokens().name(), 30, PartCodec.encode(Samples.tokens()))
            .with(Samples.credential(), 20)
            .with(Samples.base(), 10);

    assertThat(again.snapshot().digest()).isEqualTo(all.snapshot().digest());
    assertThat(all.with(Samples.tokens(true), 4).snapshot().digest())
        .isNotEqualTo(all.snapshot().digest());
  }

  @Test
  void samePartAgainKeepsItsTableAndTakesTheSequence() {
    Assembly again = all.received(Samples.tokens().name(), 99, PartCodec.encode(Samples.tokens()));

    assertThat(again.snapshot().tokens()).isSameAs(all.snapshot().tokens());
    assertThat(again.loaded()).containsEntry(Samples.tokens().name(), 99L);
  }
}
