package io.keyfront.protocols.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.provider.Dialect;
import io.keyfront.core.provider.Protocol;
import java.net.URI;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RouteParserProperties {
  private static final List<String> PIECES =
      List.of(
          "/",
          "//",
          "openai",
          "gemini",
          "anthropic",
          "api",
          "v1",
          "v1beta",
          "messages",
          "models",
          "tunedModels",
          "chat",
          "completions",
          "responses",
          "embeddings",
          "count_tokens",
          "self",
          "health",
          "usage",
          ":",
          "generateContent",
          "streamGenerateContent",
          "countTokens",
          ".",
          "..",
          "%2e",
          "%2F",
          "%3A",
          "%25",
          "%00",
          "%",
          "%C3%BC",
          "x",
          "m-1",
          "?",
          "#",
          " ",
          "\\",
          "\u00fc",
          "http://h");

  @Property(tries = 20_000)
  void everyTargetGetsAnAnswerAndEveryCallAPathThatMeansTheSame(
      @ForAll("methods") String method, @ForAll("targets") String target, @ForAll Dialect hint) {
    var route = RouteParser.parse(method, target, hint);

    assertThat(route).isNotNull();
    if (route instanceof Routing.Call call) {
      for (Protocol protocol : call.protocols()) {
        var suffix = call.suffix(protocol, call.model().orElse("m"));
        assertThat(URI.create(suffix).normalize().getRawPath()).isEqualTo(suffix);
        assertThat(sameCall(method, suffix, hint, call, protocol)).isTrue();
      }
    }
  }

  @Property(tries = 5_000)
  void anyStringAtAllGetsAnAnswer(@ForAll String method, @ForAll String target) {
    assertThat(RouteParser.parse(method, target, Dialect.OPENAI)).isNotNull();
    assertThat(RouteParser.parse("POST", "/gemini/v1beta/models/" + target, Dialect.GEMINI))
        .isNotNull();
  }

  /** The suffix, read again, is the same call without its provider. */
  private static boolean sameCall(
      String method, String suffix, Dialect hint, Routing.Call call, Protocol protocol) {
    var again = RouteParser.parse(method, "/openai" + suffix, hint);
    return again instanceof Routing.Call second
        && second.operation() == call.operation()
        && second.model().equals(call.model())
        && second.verb().equals(call.verb())
        && second.protocols().contains(protocol)
        && second.suffix(protocol, second.model().orElse("m")).equals(suffix);
  }

  @Provide
  Arbitrary<String> methods() {
    return Arbitraries.of("GET", "POST", "HEAD", "PUT", "");
  }

  @Provide
  Arbitrary<String> targets() {
    Arbitrary<String> mixed =
        Arbitraries.of(PIECES).list().ofMaxSize(12).map(parts -> String.join("", parts));
    Arbitrary<String> slashed =
        Arbitraries.of(PIECES).list().ofMaxSize(8).map(parts -> "/" + String.join("/", parts));
    Arbitrary<String> geminiCalls =
        Arbitraries.of(PIECES)
            .list()
            .ofMinSize(1)
            .ofMaxSize(5)
            .map(parts -> "/gemini/v1beta/models/" + String.join("", parts) + ":generateContent");
    return Arbitraries.oneOf(mixed, slashed, geminiCalls);
  }
}
