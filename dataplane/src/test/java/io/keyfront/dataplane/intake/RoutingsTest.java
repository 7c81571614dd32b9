package io.keyfront.dataplane.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.provider.Dialect;
import io.keyfront.protocols.route.Routing;
import org.junit.jupiter.api.Test;

class RoutingsTest {
  private final Routings routings = new Routings();

  private Routing generate(String model) {
    String path = "/gemini/v1beta/models/" + model + ":generateContent";
    return routings.of("POST", path, Dialect.GEMINI);
  }

  @Test
  void lineThatWasACallIsRememberedUntilTooManyDifferentOnesCame() {
    Routing first = generate("first");
    for (int i = 1; i < Routings.MAX_REMEMBERED; i++) {
      assertThat(generate("model-" + i)).isInstanceOf(Routing.Call.class);
    }
    assertThat(generate("first")).isSameAs(first);

    generate("one-more");

    assertThat(generate("first")).isEqualTo(first).isNotSameAs(first);
  }

  @Test
  void longPathIsNotRemembered() {
    String model = "m".repeat(Routings.MAX_PATH);

    assertThat(generate(model)).isEqualTo(generate(model)).isNotSameAs(generate(model));
  }
}
