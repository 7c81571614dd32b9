package io.keyfront.protocols.route;

import static io.keyfront.core.provider.Protocol.ANTHROPIC_MESSAGES;
import static io.keyfront.core.provider.Protocol.GEMINI;
import static io.keyfront.core.provider.Protocol.OPENAI_CHAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.fault.Refused;
import io.keyfront.core.provider.Dialect;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that lead somewhere, and what each of them means. */
class RouteParserTest {
  @ParameterizedTest
  @CsvSource({
    "/anthropic/v1/messages,anthropic,ANTHROPIC_MESSAGES,GENERATE,/messages",
    "/anthropic/messages,anthropic,ANTHROPIC_MESSAGES,GENERATE,/messages",
    "/anthropic/v1/v1/messages,anthropic,ANTHROPIC_MESSAGES,GENERATE,/messages",
    "/anthropic/v1/messages/count_tokens,anthropic,ANTHROPIC_MESSAGES,COUNT_TOKENS,/messages/count_tokens",
    "/openai/v1/chat/completions,openai,OPENAI_CHAT,GENERATE,/chat/completions",
    "/openai/chat/completions,openai,OPENAI_CHAT,GENERATE,/chat/completions",
    "/openai/v1/v1/chat/completions,openai,OPENAI_CHAT,GENERATE,/chat/completions",
    "//openai//v1/chat//completions///,openai,OPENAI_CHAT,GENERATE,/chat/completions",
    "/openai/v1/responses,openai,OPENAI_RESPONSES,GENERATE,/responses",
    "/openai/v1/embeddings/,openai,OPENAI_EMBEDDINGS,GENERATE,/embeddings",
    "/openrouter/api/v1/chat/completions,openrouter,OPENAI_CHAT,GENERATE,/chat/completions",
    "/groq/openai/v1/chat/completions,groq,OPENAI_CHAT,GENERATE,/chat/completions",
    "/gemini/v1beta/openai/chat/completions,gemini,OPENAI_CHAT,GENERATE,/chat/completions",
    "/gemini/v1beta/openai/v1/embeddings,gemini,OPENAI_EMBEDDINGS,GENERATE,/embeddings",
    "/gemini/v1/chat/completions,gemini,OPENAI_CHAT,GENERATE,/chat/completions",
    "/my-own-9/v1/messages,my-own-9,ANTHROPIC_MESSAGES,GENERATE,/messages",
    "http://127.0.0.1:8787/openai/v1/responses,openai,OPENAI_RESPONSES,GENERATE,/responses",
    "HTTPS://proxy.test/openai/v1/responses,openai,OPENAI_RESPONSES,GENERATE,/responses",
    "/openai/v1/chat/completions?x=1,openai,OPENAI_CHAT,GENERATE,/chat/completions",
    "/%6Fpenai/v1/responses,openai,OPENAI_RESPONSES,GENERATE,/responses",
  })
  void pathThatNamesItsProviderIsAModelCall(
      String path, String provider, Protocol protocol, Operation operation, String suffix) {
    var route = RouteParser.parse("POST", path, Dialect.OPENAI);

    assertThat(route).isInstanceOf(Routing.Call.class);
    var call = (Routing.Call) route;
    assertThat(call.provider()).contains(provider);
    assertThat(call.protocols()).containsExactly(protocol);
    assertThat(call.operation()).isEqualTo(operation);
    assertThat(call.model()).isEmpty();
    assertThat(call.suffix(protocol, "any")).isEqualTo(suffix);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/messages,ANTHROPIC_MESSAGES",
    "/messages,ANTHROPIC_MESSAGES",
    "/v1/chat/completions,OPENAI_CHAT",
    "/chat/completions,OPENAI_CHAT",
    "/v1/v1/responses,OPENAI_RESPONSES",
    "/v1/embeddings,OPENAI_EMBEDDINGS",
    "/v1beta/openai/chat/completions,OPENAI_CHAT",
    "/v1beta/models/gemini-2.5-pro:generateContent,GEMINI",
  })
  void pathWithoutAProviderLeavesItOpen(String path, Protocol protocol) {
    var call = call("POST", path);

    assertThat(call.provider()).isEmpty();
    assertThat(call.protocols()).containsExactly(protocol);
  }

  @ParameterizedTest
  @CsvSource({
    "/gemini/v1beta/models/gemini-2.5-pro:generateContent,gemini-2.5-pro,v1beta,generateContent",
    "/gemini/v1/models/gemini-2.5-pro:generateContent,gemini-2.5-pro,v1,generateContent",
    "/gemini/models/gemini-2.5-pro:countTokens,gemini-2.5-pro,v1beta,countTokens",
    "/gemini/v1/v1beta/models/g:streamGenerateContent,g,v1beta,streamGenerateContent",
    "/gemini/v1beta/models/vendor%2Fmodel:generateContent,vendor/model,v1beta,generateContent",
    "/gemini/v1beta/models/meta/llama:free:generateContent,meta/llama:free,v1beta,generateContent",
    "/gemini/v1beta/models/g%3AgenerateContent,g,v1beta,generateContent",
    "/own/v1beta/models/tunedModels/t-1:generateContent,tunedModels/t-1,v1beta,generateContent",
    "/own/v1beta/tunedModels/t-1:generateContent,tunedModels/t-1,v1beta,generateContent",
    "/gemini/v1beta/models/m%C3%BCller:generateContent,müller,v1beta,generateContent",
  })
  void verbBehindTheLastColonMakesItGeminisOwnCall(
      String path, String model, String version, String verb) {
    var call = call("POST", path);

    assertThat(call.protocols()).containsExactly(GEMINI);
    assertThat(call.model()).contains(model);
    assertThat(call.geminiVersion()).isEqualTo(version);
    assertThat(call.verb()).isEqualTo(verb);
    assertThat(call.streamsByPath()).isEqualTo(verb.equals("streamGenerateContent"));
    assertThat(call.operation())
        .isEqualTo(verb.equals("countTokens") ? Operation.COUNT_TOKENS : Operation.GENERATE);
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-pro,/v1beta/models/gemini-2.5-pro:generateContent",
    "a/b:c@1,/v1beta/models/a/b:c@1:generateContent",
    "tunedModels/t-1,/v1beta/tunedModels/t-1:generateContent",
    "a?b#c d%,/v1beta/models/a%3Fb%23c%20d%25:generateContent",
    "müller,/v1beta/models/m%C3%BCller:generateContent",
  })
  void modelIsEncodedIntoTheUpstreamPath(String model, String path) {
    var call = call("POST", "/gemini/v1beta/models/x:generateContent");

    assertThat(call.suffix(GEMINI, model)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/../b", ".", "", "a//b", "/a", "a/"})
  void modelThatWouldClimbInTheUpstreamPathIsRefused(String model) {
    var call = call("POST", "/gemini/v1beta/models/x:generateContent");

    assertThatThrownBy(() -> call.suffix(GEMINI, model)).isInstanceOf(Refused.class);
  }

  @Test
  void protocolThatCannotCountTokensHasNoPathForIt() {
    var call = call("POST", "/anthropic/v1/messages/count_tokens");

    assertThatThrownBy(() -> call.suffix(OPENAI_CHAT, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void listOfModelsCanBeMeantInEveryDialectAndTheHintDecides() {
    assertThat(models("/any/v1/models", Dialect.OPENAI))
        .containsExactly(OPENAI_CHAT, ANTHROPIC_MESSAGES, GEMINI);
    assertThat(models("/any/v1/models", Dialect.ANTHROPIC))
        .containsExactly(ANTHROPIC_MESSAGES, OPENAI_CHAT, GEMINI);
    assertThat(models("/any/v1/models", Dialect.GEMINI))
        .containsExactly(GEMINI, OPENAI_CHAT, ANTHROPIC_MESSAGES);
  }

  @Test
  void baseThatBelongsToOneDialectDecidesAboutModelsWhateverTheHint() {
    assertThat(models("/gemini/v1beta/models", Dialect.OPENAI)).containsExactly(GEMINI);
    assertThat(models("/gemini/v1beta/openai/models", Dialect.GEMINI)).containsExactly(OPENAI_CHAT);
    assertThat(models("/groq/openai/v1/models", Dialect.ANTHROPIC)).containsExactly(OPENAI_CHAT);
  }

  @Test
  void oneModelIsDescribedByItsDecodedName() {
    var call = call("GET", "/openrouter/v1/models/meta/llama:free");

    assertThat(call.operation()).isEqualTo(Operation.GET_MODEL);
    assertThat(call.model()).contains("meta/llama:free");
    assertThat(call.suffix(OPENAI_CHAT, "meta/llama:free")).isEqualTo("/models/meta/llama:free");
    assertThat(call.suffix(GEMINI, "x")).isEqualTo("/v1/models/x");
  }

  @Test
  void listOfModelsKeepsGeminisVersionUpstream() {
    assertThat(call("GET", "/gemini/models").suffix(GEMINI, "")).isEqualTo("/v1beta/models");
    assertThat(call("GET", "/gemini/v1/models").suffix(GEMINI, "")).isEqualTo("/v1/models");
    assertThat(call("GET", "/gemini/v1/models").suffix(OPENAI_CHAT, "")).isEqualTo("/models");
  }

  @ParameterizedTest
  @CsvSource({
    "HEAD,/",
    "GET,/",
    "HEAD,''",
    "GET,http://127.0.0.1:8787",
    "HEAD,/anthropic",
    "HEAD,/anthropic/",
    "HEAD,/openai/v1",
    "HEAD,/openrouter/api/v1/",
    "HEAD,/v1",
    "HEAD,/health",
  })
  void questionWhetherAnybodyIsThereIsAProbe(String method, String path) {
    assertThat(RouteParser.parse(method, path, Dialect.OPENAI)).isEqualTo(new Routing.Probe());
  }

  @Test
  void keyfrontsOwnPathsAreRead() {
    assertThat(get("/v1/self")).isEqualTo(new Routing.Self());
    assertThat(get("/v1/self/")).isEqualTo(new Routing.Self());
    assertThat(get("/health")).isEqualTo(new Routing.Health());
    assertThat(get("/usage")).isEqualTo(new Routing.UsageReport());
    assertThat(get("/.well-known/jwks.json")).isEqualTo(new Routing.SigningKeys());
    assertThat(RouteParser.parse("POST", "/.well-known/jwks.json", Dialect.OPENAI))
        .isEqualTo(new Routing.WrongMethod("GET"));
  }

  private static Routing get(String path) {
    return RouteParser.parse("GET", path, Dialect.OPENAI);
  }

  private static Routing.Call call(String method, String path) {
    return (Routing.Call) RouteParser.parse(method, path, Dialect.OPENAI);
  }

  private static List<Protocol> models(String path, Dialect hint) {
    var call = (Routing.Call) RouteParser.parse("GET", path, hint);
    assertThat(call.operation()).isEqualTo(Operation.LIST_MODELS);
    assertThat(call.model()).isEqualTo(Optional.empty());
    return call.protocols();
  }
}
