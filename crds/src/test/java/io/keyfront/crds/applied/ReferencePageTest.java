package io.keyfront.crds.applied;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/reference.md is what the definitions say; {@code -Dkeyfront.crds.write=true} writes it. */
final class ReferencePageTest {
  private static final Path PAGE = Path.of("..", "docs", "reference.md");

  @Test
  void committedPageIsThatOfTheDefinitions() throws IOException {
    String text = ReferencePage.text();

    if (Boolean.getBoolean("keyfront.crds.write")) {
      Files.writeString(PAGE, text);
    }

    assertThat(PAGE).hasContent(text);
  }
}
