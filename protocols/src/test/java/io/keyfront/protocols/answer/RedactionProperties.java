package io.keyfront.protocols.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RedactionProperties {
  private static final String SECRET = "aabaabaab/cc";

  /** The alphabet is the secret's, so that many texts begin like it and go on otherwise. */
  @Property
  void noSecretPassesHoweverTheBytesAreCut(
      @ForAll @CharRange(from = 'a', to = 'c') String before,
      @ForAll @Size(max = 4) List<@CharRange(from = 'a', to = 'b') String> behind,
      @ForAll @IntRange(min = 1, max = 20) int cut) {
    String text = before + String.join(SECRET, behind) + SECRET;

    String passed = cut(text, cut);

    assertThat(passed).doesNotContain(SECRET).hasSameSizeAs(text);
    assertThat(passed.replace("[redacted]**", SECRET)).isEqualTo(text);
  }

  @Property
  void textWithoutTheSecretPassesAsItIs(
      @ForAll @CharRange(from = 'a', to = 'c') String text,
      @ForAll @IntRange(min = 1, max = 20) int cut) {
    assertThat(cut(text, cut)).isEqualTo(text);
  }

  @Example
  void spellingsOfJsonAndUrlsAreFoundToo() {
    assertThat(Redaction.of(List.of(SECRET)).text("x aabaabaab\\/cc aabaabaab%2Fcc y"))
        .isEqualTo("x [redacted]*** [redacted]**** y");
  }

  @Example
  void wordTooShortToBeASecretIsLeftAlone() {
    assertThat(Redaction.of(List.of("ollama")).text("ollama is away")).isEqualTo("ollama is away");
  }

  private static String cut(String text, int size) {
    Redaction redaction = Redaction.of(List.of(SECRET));
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    for (int at = 0; at < text.length(); at += size) {
      String piece = text.substring(at, Math.min(text.length(), at + size));
      passed.writeBytes(redaction.feed(piece.getBytes(UTF_8)));
    }
    passed.writeBytes(redaction.last(new byte[0]));
    return passed.toString(UTF_8);
  }
}
