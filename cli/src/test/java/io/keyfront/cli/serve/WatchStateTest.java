package io.keyfront.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchStateTest {
  private static Map<String, FileStamp> sized(long size) {
    return Map.of("a.yaml", new FileStamp(size, FileTime.fromMillis(size), "inode"));
  }

  @Test
  void unchangedFolderIsNeverDue() {
    assertThat(WatchState.using(sized(1)).polled(sized(1)).isDue()).isFalse();
  }

  @Test
  void changeIsDueOnceItHoldsStill() {
    WatchState changed = WatchState.using(sized(1)).polled(sized(2));

    assertThat(changed.isDue()).isFalse();
    assertThat(changed.polled(sized(2)).isDue()).isTrue();
  }

  @Test
  void folderThatNeverHoldsStillIsReadAnyway() {
    WatchState state = WatchState.using(sized(1)).polled(sized(2)).polled(sized(3));

    assertThat(state.isDue()).isFalse();
    assertThat(state.polled(sized(4)).isDue()).isTrue();
  }

  @Test
  void changeIsDueAfterThreeLooksAtTheLatestHoweverTheFolderMoves() {
    for (int first = 1; first <= 3; first++) {
      for (int second = 1; second <= 3; second++) {
        WatchState state = WatchState.using(sized(0));
        int looks = 0;
        for (int size : new int[] {9, first, second}) {
          looks += state.isDue() ? 0 : 1;
          state = state.isDue() ? state : state.polled(sized(size));
        }
        assertThat(state.isDue()).isTrue();
        assertThat(looks).isLessThanOrEqualTo(WatchState.PATIENCE);
      }
    }
  }

  @Test
  void changeThatIsTakenBackIsForgotten() {
    WatchState state = WatchState.using(sized(1)).polled(sized(2)).polled(sized(1));

    assertThat(state).isEqualTo(WatchState.using(sized(1)));
  }
}
