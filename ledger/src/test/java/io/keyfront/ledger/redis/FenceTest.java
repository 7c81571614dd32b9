package io.keyfront.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import org.junit.jupiter.api.Test;

/** A call of the script that is meant for one server does nothing at another one. */
class FenceTest {
  private static Throwable called(RedisProcess redis, Script script) {
    return catchThrowable(
        () ->
            redis.ask(
                connection ->
                    connection.sync().<Object>evalsha(script.digest(), ScriptOutputType.VALUE)));
  }

  private static Throwable taught(RedisProcess redis, Script script) {
    return catchThrowable(
        () ->
            redis.ask(
                connection ->
                    connection.sync().<Object>eval(script.body(), ScriptOutputType.VALUE)));
  }

  private static Script fence(RedisProcess redis) {
    return Script.load().fenced(Inspection.of(redis.info()));
  }

  @Test
  void onlyTheServerThatWasMetRunsItAlsoWhereScriptsTravelToReplicas() {
    try (RedisProcess master = RedisProcess.started("--repl-diskless-sync-delay", "0")) {
      Script fence = fence(master);
      assertThat(taught(master, fence)).as("it has no batch").hasMessageContaining("user_script");
      assertThat(called(master, fence)).isNotInstanceOf(RedisNoScriptException.class);

      try (RedisProcess replica = RedisProcess.replicaOf(master.port())) {
        replica.promote();

        assertThat(called(replica, fence)).isInstanceOf(RedisNoScriptException.class);
        assertThat(taught(replica, fence)).isInstanceOf(RedisNoScriptException.class);
      }
    }
  }

  @Test
  void theSameServerDoesNotKnowItAfterARestart() {
    try (RedisProcess redis = RedisProcess.started()) {
      Script before = fence(redis);
      assertThat(taught(redis, before)).isNotInstanceOf(RedisNoScriptException.class);
      redis.stop();
      redis.start();

      assertThat(called(redis, before)).isInstanceOf(RedisNoScriptException.class);
      assertThat(fence(redis).digest()).isNotEqualTo(before.digest());
    }
  }

  @Test
  void serversOfVersionSevenAreToldApartByTheNameOfTheScriptAlone() {
    Inspection six = Inspection.of("redis_version:6.2.6\r\nrun_id:aaaa\r\n");
    Inspection seven = Inspection.of("redis_version:7.4.1\r\nrun_id:aaaa\r\n");
    Inspection other = Inspection.of("redis_version:7.4.1\r\nrun_id:bbbb\r\n");

    assertThat(Script.load().fenced(six).body()).contains("INFO");
    assertThat(Script.load().fenced(seven).body()).doesNotContain("INFO");
    assertThat(Script.load().fenced(seven).digest())
        .isNotEqualTo(Script.load().fenced(other).digest());
  }
}
