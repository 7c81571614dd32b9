package io.keyfront.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.core.secret.SecretText;
import io.keyfront.testkit.GoldenFolder;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class StartPageTest {
  private static final GoldenFolder GOLDEN = GoldenFolder.ofTestResources("golden/start-page");
  private static final Finding FINDING =
      ResourceFolder.finding("agents.yaml", "is not UTF-8 text", "save it as UTF-8");

  @AfterAll
  static void allUsed() {
    GOLDEN.assertAllUsed();
  }

  private static StartPage page(
      Optional<SecretText> demo,
      Set<String> providers,
      Optional<String> resources,
      List<Finding> findings,
      List<String> warnings) {
    return new StartPage(
        "1.2.3",
        URI.create("http://127.0.0.1:8787"),
        URI.create("http://127.0.0.1:8788"),
        "/home/someone/.keyfront",
        demo,
        providers,
        providers,
        providers.isEmpty(),
        resources,
        findings,
        warnings,
        Duration.ofMillis(640));
  }

  private static Optional<SecretText> demo() {
    return Optional.of(SecretText.of("kf_fake-demo"));
  }

  @Test
  void firstStartWithoutAnyKey() {
    StartPage page = page(demo(), Set.of(), Optional.empty(), List.of(), List.of());

    GOLDEN.assertMatches("offline.txt", page.text());
  }

  @Test
  void harnessWithoutItsProviderIsSentToTheMock() {
    StartPage page =
        page(demo(), Set.of("groq", "anthropic"), Optional.of("resources"), List.of(), List.of());

    GOLDEN.assertMatches("providers.txt", page.text());
  }

  @Test
  void problemsAndWarningsAreShown() {
    StartPage page =
        page(
            Optional.empty(),
            Set.of("openai"),
            Optional.of("resources"),
            List.of(FINDING),
            List.of("Take care."));

    GOLDEN.assertMatches("problems.txt", page.text());
  }

  @Test
  void harnessWhoseProviderTheDemoTokenMayNotUseIsSentToTheMock() {
    StartPage page =
        new StartPage(
            "1.2.3",
            URI.create("http://127.0.0.1:8787"),
            URI.create("http://127.0.0.1:8788"),
            "home",
            demo(),
            Set.of("anthropic", "openai"),
            Set.of("openai"),
            false,
            Optional.empty(),
            List.of(),
            List.of(),
            Duration.ZERO);

    assertThat(page.text())
        .contains("claude -p 'Say hello' --model mock")
        .doesNotContain("-m mock ");
  }

  @Test
  void longListOfProblemsIsCut() {
    StartPage page =
        page(demo(), Set.of(), Optional.of("r"), Collections.nCopies(23, FINDING), List.of());

    assertThat(page.text()).contains("… and 3 more: keyfront check lists all.");
  }
}
