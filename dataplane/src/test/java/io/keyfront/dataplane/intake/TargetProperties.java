package io.keyfront.dataplane.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TargetProperties {
  @Provide
  Arbitrary<String> queries() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "key", "%6Bey", "k%65y", "KEY", "=", "&", "%", "%zz", "%6B", "a", "alt=sse", "key=",
            "+");
    return parts.list().ofMaxSize(12).map(list -> String.join("", list));
  }

  @Property(tries = 2000)
  void noParameterThatAnyoneWouldReadAsKeyPassesAndAllOthersDoInOrder(
      @ForAll("queries") String query) {
    List<String> others =
        Arrays.stream(query.split("&", -1)).filter(one -> !isReadAsKey(one)).toList();

    assertThat(new Target("/", query).queryWithoutKey()).isEqualTo(String.join("&", others));
  }

  @Property(tries = 2000)
  void anyTextIsReadWithoutFailing(@ForAll String uri) {
    Target target = Target.of(uri);

    assertThat(new Target("/", target.queryWithoutKey()).hasKey()).isFalse();
    assertThat(target.key().isPresent() && !target.hasKey()).isFalse();
  }

  private static boolean isReadAsKey(String parameter) {
    int equals = parameter.indexOf('=');
    return equals >= 0 && decoded(parameter.substring(0, equals)).equals("key");
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badEscape) {
      return name;
    }
  }
}
