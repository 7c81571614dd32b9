package io.keyfront.dataplane.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/v1, /v1, ''",
    "/v1?, /v1, ''",
    "/v1?a=b, /v1, a=b",
    "/v1?a=b?c, /v1, a=b?c",
    "?a, '', a",
  })
  void targetIsCutAtTheFirstQuestionMark(String uri, String path, String query) {
    assertThat(Target.of(uri)).isEqualTo(new Target(path, query));
  }

  @ParameterizedTest(name = "{0} holds {1}, leaves {2}")
  @CsvSource({
    "key=k, k, ''",
    "key=k&alt=sse, k, alt=sse",
    "alt=sse&key=k, k, alt=sse",
    "a=1&key=k&b=2, k, a=1&b=2",
    "key=one&x=1&key=two, one, x=1",
    "key=one&key=two, one, ''",
    "key=a%2Bb%3D, a+b=, ''",
    "key=, '', ''",
    "a=1&&key=k&, k, a=1&&",
    "%6Bey=k, k, ''",
    "x=1&%6bey=k, k, x=1",
    "%6B%65%79=k&x=1, k, x=1",
    "ke%79=k&key=l, k, ''",
  })
  void keyIsFoundAndStrippedHoweverItsNameIsWritten(String query, String key, String rest) {
    Target target = new Target("/v1", query);

    assertThat(target.key()).hasValue(key);
    assertThat(target.hasKey()).isTrue();
    assertThat(target.queryWithoutKey()).isEqualTo(rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a=1&b=2",
        "monkey=1",
        "Key=1",
        "key",
        "key&a=1",
        "akey=1&keys=2",
        "a=key=1",
        "a=%6Bey=1",
        "%zzkey=1",
        "%=1",
        "x=%&y",
        "&&",
      })
  void whatIsNoKeyStaysAsItIs(String query) {
    Target target = new Target("/v1", query);

    assertThat(target.key()).isEmpty();
    assertThat(target.hasKey()).isFalse();
    assertThat(target.queryWithoutKey()).isEqualTo(query);
  }

  @Test
  void keyThatCannotBeReadIsNoKeyButDoesNotPassEither() {
    Target target = new Target("/v1", "key=%zz&a=1");

    assertThat(target.key()).isEmpty();
    assertThat(target.queryWithoutKey()).isEqualTo("a=1");
  }

  @ParameterizedTest
  @CsvSource({"alt=sse, true", "a=1&alt=sse, true", "alt=json, false", "salt=sse, false"})
  void streamOfEventsIsAskedForByItsParameterOnly(String query, boolean asked) {
    assertThat(new Target("/v1", query).wantsSse()).isEqualTo(asked);
  }
}
