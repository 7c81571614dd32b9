package io.keyfront.dataplane.settle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call is free where its provider refused it, and only there. */
class SettlingTest {
  @ParameterizedTest
  @ValueSource(ints = {301, 307, 400, 401, 402, 403, 404, 408, 413, 422, 429, 499, 503, 529})
  void whatAProviderRefusesCostsNothing(int status) {
    assertThat(Settling.refusedUnbilled(status)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 200, 201, 202, 204, 206, 299, 500, 501, 502, 504, 520, 522, 524, 599})
  void whatMayHaveBeenGeneratedIsNeverFree(int status) {
    assertThat(Settling.refusedUnbilled(status)).isFalse();
  }

  @Test
  void ofAllFailuresOfAServerTwoAreRefusals() {
    for (int status = 500; status < 600; status++) {
      assertThat(Settling.refusedUnbilled(status))
          .as("status %d", status)
          .isEqualTo(status == 503 || status == 529);
    }
  }
}
