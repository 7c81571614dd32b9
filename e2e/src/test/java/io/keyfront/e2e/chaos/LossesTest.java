package io.keyfront.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.ledger.redis.RedisNews;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LossesTest {
  @Test
  void whatProxiesSaidIsSummedUp() {
    Losses losses =
        Losses.of(
            Stream.of(
                "2026-01-01 WARNING "
                    + new RedisNews.Forgot(
                            "what it has is 1200 ms older than what it had acknowledged")
                        .sentence(),
                new RedisNews.Forgot("what it has is 40 ms older than what it had acknowledged")
                    .sentence(),
                new RedisNews.Recovered(3, 20, 1).sentence(),
                new RedisNews.Recovered(4, 2, 0).sentence(),
                "cut off in the mid"));

    assertThat(losses.millis()).containsExactly(40L, 1200L);
    assertThat(losses.text())
        .contains("2 times something", "1200 ms at most")
        .contains("7 calls under way and 22 settlements again", "1 times an account");
  }

  @Test
  void nothingIsSaidAsNothing() {
    assertThat(Losses.of(Stream.of("listening")).text()).contains("nothing that proxies knew of");
  }
}
