package io.keyfront.dataplane.count;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.core.provider.Protocol;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.protocols.bound.BodyMeasure;
import io.keyfront.protocols.bound.ExactInput;
import io.keyfront.protocols.bound.Prompt;
import io.keyfront.protocols.bound.TextParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class VocabularyProperties {
  /** As OpenAI's cookbook counts a chat: 3 a message, 3 for the answer's beginning. */
  private static final int A_MESSAGE = 3;

  private static final String[] WORDS = {
    " the", " quick", "brown", "fox ", "\n\n", "    ", "{\"id\":", " 12345", "übergröße", " ",
    "漢字", "かな", "😀", "\u0627\u0644", "aB3$x", "------", "e\u0301", "\t", "'s", "antidisestablish"
  };

  private static List<String> texts(Random random, int messages) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      StringBuilder text = new StringBuilder();
      int words = random.nextInt(4_000);
      for (int word = 0; word < words; word++) {
        text.append(WORDS[random.nextInt(WORDS.length)]);
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static byte[] chat(List<String> texts) {
    ObjectNode body = JsonMapper.builder().build().createObjectNode().put("model", "gpt-4o");
    ArrayNode messages = body.putArray("messages");
    texts.forEach(text -> messages.addObject().put("role", "user").put("content", text));
    return body.toString().getBytes(UTF_8);
  }

  private static long exact(byte[] body) {
    TextParts parts = TextParts.of(Protocol.OPENAI_CHAT, body);
    Prompt prompt = BodyMeasure.measure(Protocol.OPENAI_CHAT, body).asked().prompt();
    long tokens = new PatientCount(Vocabulary.O200K::count, () -> false).of(parts);
    return ExactInput.ofTexts(prompt, 0, parts, tokens);
  }

  @Property(tries = 60)
  void anExactBoundIsNeverBelowTheDocumentedCount(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int messages) {
    List<String> texts = texts(new Random(seed), messages);

    long documented = A_MESSAGE;
    for (String text : texts) {
      documented += A_MESSAGE + Vocabulary.O200K.count("user") + Vocabulary.O200K.count(text);
    }

    assertThat(exact(chat(texts))).isGreaterThanOrEqualTo(documented);
  }

  @Property(tries = 60)
  void anExactBoundIsNeverBelowTheCountOfAllTextsInOne(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int messages) {
    List<String> texts = texts(new Random(seed), messages);

    assertThat(exact(chat(texts)))
        .isGreaterThanOrEqualTo(Vocabulary.O200K.count(String.join("", texts)));
  }

  @Property(tries = 60)
  void textsCutInPiecesCountNoLessThanWhole(@ForAll long seed) {
    List<String> texts = texts(new Random(seed), 1);
    TextParts parts = new TextParts(0, texts);

    assertThat(new PatientCount(Vocabulary.CL100K::count, () -> false).of(parts))
        .isGreaterThanOrEqualTo(Vocabulary.CL100K.count(texts.getFirst()));
  }

  @Property(tries = 60)
  void whatThereIsNoTimeForCountsAsItsBytes(@ForAll long seed) {
    List<String> texts = texts(new Random(seed), 3);
    TextParts parts = new TextParts(0, texts);
    long bytes = texts.stream().mapToLong(text -> text.getBytes(UTF_8).length).sum();

    assertThat(new PatientCount(Vocabulary.CL100K::count, () -> true).of(parts))
        .isBetween(bytes, bytes + texts.size() * 40 * ExactInput.TEXT_MARGIN);
  }

  private static Provider provider(String name) {
    return Objects.requireNonNull(ProviderCatalog.builtIn().get(name));
  }

  @Example
  void onlyModelsThatOpenAiNamesHaveAVocabulary() {
    Provider openAi = provider("openai");

    assertThat(Vocabulary.of(openAi, "gpt-4o-mini")).hasValue(Vocabulary.O200K);
    assertThat(Vocabulary.of(openAi, "ft:gpt-4o:acme::1")).hasValue(Vocabulary.O200K);
    assertThat(Vocabulary.of(openAi, "gpt-5")).hasValue(Vocabulary.O200K);
    assertThat(Vocabulary.of(openAi, "gpt-4-turbo")).hasValue(Vocabulary.CL100K);
    assertThat(Vocabulary.of(openAi, "gpt-9")).isEmpty();
    assertThat(Vocabulary.of(openAi, "gpt-4ever")).isEmpty();
    assertThat(Vocabulary.of(provider("groq"), "gpt-4o")).isEmpty();
  }
}
