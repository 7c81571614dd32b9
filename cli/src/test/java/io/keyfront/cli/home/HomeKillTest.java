package io.keyfront.cli.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.console.desk.TokenName;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeKillTest {
  private static final int KILLS = 4;

  @TempDir Path folder;

  @Test
  void killAtAnyMomentLosesNoTokenThatWasAnswered() throws Exception {
    for (int round = 0; round < KILLS; round++) {
      Path home = folder.resolve("home" + round);

      int answered = writeAndKill(home, 3 + 4 * round);

      try (Home opened = Home.open(home, Optional.empty(), new SecureRandom())) {
        assertThat(opened.tokens().book().tokens()).hasSizeGreaterThan(answered);
        assertThat(opened.keptToken(TokenName.parse("t" + answered))).isPresent();
        assertThat(opened.adminToken().reveal()).startsWith("kf_admin_");
      }
    }
  }

  /** Kills the program while it is busy with the token after the last one it told. */
  private static int writeAndKill(Path home, int tokens) throws IOException, InterruptedException {
    Process program =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EndlessWriter.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int answered = -1;
    try (BufferedReader told = program.inputReader(StandardCharsets.UTF_8)) {
      while (answered < tokens) {
        answered = Integer.parseInt(told.readLine());
      }
    } finally {
      program.destroyForcibly().waitFor();
    }
    return answered;
  }
}
