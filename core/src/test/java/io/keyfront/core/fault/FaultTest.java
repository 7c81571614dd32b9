package io.keyfront.core.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.fault.FaultSamples.Sample;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultTest {
  /** Two ways to ask for what is not served are one meaning to the caller. */
  private static final Set<String> SHARED_CODES = Set.of("unknown_route");

  /** Its sentence is the caller's own. */
  private static final String FREE_SENTENCE = "malformed";

  static List<Sample> samples() {
    return FaultSamples.ALL;
  }

  @Test
  void everyRecordThatIsAFaultHasASample() {
    var sampled = samples().stream().<Class<?>>map(sample -> sample.fault().getClass());

    assertThat(sampled.distinct()).containsExactlyInAnyOrderElementsOf(records(Fault.class));
  }

  @Test
  void everyMethodThatMakesARequestsFaultHasASample() {
    var factories =
        Arrays.stream(RequestFault.class.getDeclaredMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
            .filter(method -> method.getReturnType() == RequestFault.class)
            .map(Method::getName);
    var sampled = samples().stream().filter(s -> s.fault() instanceof RequestFault);

    assertThat(sampled.map(Sample::name)).containsExactlyInAnyOrderElementsOf(factories.toList());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void codeStatusKindAndRetryAreAsPromised(Sample sample) {
    assertThat(sample.fault().code()).isEqualTo(sample.code()).matches("[a-z]+(_[a-z]+)*");
    assertThat(sample.fault().status()).isEqualTo(sample.status()).isBetween(400, 599);
    assertThat(sample.fault().kind()).isEqualTo(sample.kind());
    assertThat(sample.fault().retry()).isEqualTo(sample.retry());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void messageIsMadeOfSentences(Sample sample) {
    assertThat(sample.fault().message())
        .matches("[A-Z/].*\\.")
        .doesNotContain("..", "  ", "null", "%s", "%d", "\n");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void messageSaysWhatToDo(Sample sample) {
    if (!sample.name().equals(FREE_SENTENCE)) {
      assertThat(sample.fault().message())
          .containsPattern(
              "(?i)\\b(adds?|ask|check|go to|its log has|it speaks|must be|name|point|put|send|set"
                  + "|use)\\b");
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void privateDetailIsForTheLogOnly(Sample sample) {
    assertThat(sample.fault().message()).doesNotContain(FaultSamples.DETAIL);
    assertThat(sample.fault().detail()).isIn("", FaultSamples.DETAIL);
  }

  @Test
  void everyMeaningHasItsOwnCode() {
    var codes =
        samples().stream().map(Sample::code).filter(code -> !SHARED_CODES.contains(code)).toList();

    assertThat(codes).doesNotHaveDuplicates();
  }

  @Test
  void scopeRefusalNamesTheTargetTheScopeAndTheFix() {
    var fault = FaultSamples.ALL.stream().filter(s -> s.code().equals("scope_denied")).findFirst();

    assertThat(fault.orElseThrow().fault().message())
        .isEqualTo(
            "Model openai:gpt-5 is outside this token's scope (anthropic:*). Ask its owner to add"
                + " openai:gpt-5, or use a model in scope: GET /v1/self lists them.");
  }

  @Test
  void ambiguousProviderNamesThePathsToChooseFrom() {
    assertThat(RequestFault.providerAmbiguous("llama-4", List.of("groq", "xai")).message())
        .isEqualTo(
            "Which provider should serve model 'llama-4'?"
                + " Name one in the path: /groq/v1/…, /xai/v1/….");
    assertThat(RequestFault.providerAmbiguous("", List.of("groq", "xai")).message())
        .startsWith("Which provider should list its models? Name one in the path: /groq/v1/…");
    assertThat(RequestFault.providerAmbiguous("llama-4", List.of()).message())
        .contains("name one in the path: /{provider}/v1/…");
  }

  @Test
  void refusalCarriesItsFaultAndNoStackTrace() {
    var fault = new AuthFault.MissingToken();

    var refused = new Refused(fault);

    assertThat(refused.fault()).isEqualTo(fault);
    assertThat(refused).hasMessage("missing_authorization");
    assertThat(refused.getStackTrace()).isEmpty();
  }

  private static List<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? List.of(type)
        : Arrays.stream(type.getPermittedSubclasses())
            .flatMap(permitted -> records(permitted).stream())
            .toList();
  }
}
