package io.keyfront.protocols.bound;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.money.CallBound;
import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.GoldenFolder;
import io.keyfront.protocols.body.BodyEdits;
import io.keyfront.protocols.body.ScannedBody;
import io.keyfront.protocols.bound.Clamp.ChatMaximum;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A case is a folder whose name begins with the protocol: {@code body.json}, what it asks for and
 * its bound for a window of 200,000 and a maximum output of 32,000 ({@code bound.txt}), and where
 * it can be clamped the body clamped to 2,000 tokens ({@code clamped.json}).
 */
class BoundGoldenTest {
  private static final GoldenFolder GOLDEN = new GoldenFolder("bound");

  static List<String> cases() {
    return GOLDEN.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bodyIsBoundedAndClampedAsItsFolderSays(String name) {
    byte[] body = GOLDEN.bytes(name, "body.json");
    Protocol protocol = protocol(name);
    MeasuredBody measured = BodyMeasure.measure(protocol, body);

    var splices = Clamp.to(2_000, protocol, measured, ChatMaximum.MAX_COMPLETION_TOKENS);

    assertThat(told(measured)).isEqualTo(GOLDEN.text(name, "bound.txt"));
    assertThat(splices.isPresent()).isEqualTo(GOLDEN.has(name, "clamped.json"));
    if (splices.isPresent()) {
      assertThat(BodyEdits.spliced(body, splices.get()))
          .asString()
          .isEqualTo(GOLDEN.text(name, "clamped.json"));
    }
  }

  @AfterAll
  static void noFileIsLeftOver() {
    GOLDEN.assertThatEveryFileWasRead();
  }

  static Protocol protocol(String name) {
    return Arrays.stream(Protocol.values())
        .filter(protocol -> name.startsWith(protocol.id()))
        .findFirst()
        .orElseThrow();
  }

  static String told(MeasuredBody measured) {
    AskedFor asked = measured.asked();
    Prompt prompt = asked.prompt();
    String model = measured.scanned().model().map(ScannedBody.Text::value).orElse("gemini-3-pro");
    CallBound bound =
        Bounds.of(asked, ModelLimits.of(model, OptionalLong.of(200_000), OptionalLong.of(32_000)));
    return """
        text %d + %d bytes, %d images of %d bytes
        tools %d, built in %d, server uses %d, searches %d
        inputs %d%s
        output %s, choices %d, thinking %s
        tier %s%s%s
        bound: input %d, output %d x %d, searches %d
        """
        .formatted(
            prompt.bytes() - prompt.imageBytes(),
            prompt.expansion(),
            prompt.images(),
            prompt.imageBytes(),
            prompt.tools(),
            prompt.builtInTools(),
            asked.serverTools().uses(),
            asked.serverTools().webSearches(),
            prompt.inputs(),
            prompt.unbounded() ? ", unbounded" : "",
            number(asked.output().maximum()),
            asked.output().choices(),
            number(asked.output().thinkingBudget()),
            asked.serviceTier().orElse("-"),
            asked.background() ? ", background" : "",
            asked.media() ? ", media" : "",
            bound.inputTokens(),
            bound.outputTokens(),
            bound.choices(),
            bound.webSearches());
  }

  private static String number(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : "-";
  }
}
