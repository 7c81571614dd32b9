package io.keyfront.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Limits;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ProviderPathProperties {
  private static final String ORIGIN = "https://models.example.test";

  @Property
  void pathBeginsWithTheEndpointsAndEndsWithTheCalls(
      @ForAll("segments") List<String> own,
      @ForAll("segments") List<String> base,
      @ForAll("call") List<String> call) {
    var path = path(own, base, call);

    assertThat(path).startsWith(text(own)).endsWith(text(call));
    assertThat(parts(path)).hasSizeLessThanOrEqualTo(own.size() + base.size() + call.size());
  }

  @Property
  void endpointThatHasAnyPartOfTheBaseAlreadyMeansTheSame(
      @ForAll("foreign") List<String> own,
      @ForAll("distinct") List<String> base,
      @ForAll("call") List<String> call,
      @ForAll int cut) {
    var some = base.subList(0, Math.floorMod(cut, base.size() + 1));

    assertThat(path(joined(own, some), base, call)).isEqualTo(path(own, base, call));
  }

  @Property
  void noRunOfSegmentsStandsTwiceWhereEndpointAndProtocolMeet(
      @ForAll("segments") List<String> own,
      @ForAll("segments") List<String> base,
      @ForAll("call") List<String> call) {
    var rest = parts(path(own, base, call)).size() - own.size();
    var protocols = parts(path(List.of(), base, call));
    int overlap = protocols.size() - rest;

    for (int longer = overlap + 1; longer <= Math.min(own.size(), protocols.size()); longer++) {
      assertThat(own.subList(own.size() - longer, own.size()))
          .isNotEqualTo(protocols.subList(0, longer));
    }
  }

  /** Few names, so that they often overlap. */
  @Provide
  Arbitrary<List<String>> segments() {
    return Arbitraries.of("v1", "api", "openai").list().ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<String>> foreign() {
    return Arbitraries.of("relay", "team-7", "a%2Fb").list().ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<String>> distinct() {
    return Arbitraries.of("v1", "api", "openai").list().uniqueElements().ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<String>> call() {
    return Arbitraries.of("chat", "completions", "messages").list().ofMinSize(1).ofMaxSize(2);
  }

  private static String path(List<String> own, List<String> base, List<String> call) {
    var endpoint = URI.create(ORIGIN + text(own));
    var bases = Map.of(Protocol.OPENAI_CHAT, text(base));
    var provider =
        new Provider("acme", Optional.of(endpoint), bases, true, Optional.empty(), Limits.NONE);
    return provider.path(endpoint, Protocol.OPENAI_CHAT, text(call));
  }

  private static String text(List<String> segments) {
    return segments.stream().map(segment -> "/" + segment).collect(Collectors.joining());
  }

  private static List<String> parts(String path) {
    return Arrays.stream(path.split("/", -1)).skip(1).toList();
  }

  private static List<String> joined(List<String> left, List<String> right) {
    return Stream.concat(left.stream(), right.stream()).toList();
  }
}
