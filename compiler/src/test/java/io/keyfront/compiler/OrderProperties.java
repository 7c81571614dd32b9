package io.keyfront.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.compiler.resource.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OrderProperties {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

  @Property(tries = 200)
  void orderOfResourcesDoesNotMatter(@ForAll("inputs") Inputs inputs, @ForAll long seed) {
    List<Resource> shuffled = new ArrayList<>(inputs.resources());
    Collections.shuffle(shuffled, new Random(seed));

    Compilation first = Compiler.compile(inputs);
    Compilation second = Compiler.compile(withResources(inputs, shuffled));

    assertThat(second.snapshot().digest()).isEqualTo(first.snapshot().digest());
    assertThat(second.findings()).isEqualTo(first.findings());
    assertThat(second.tokens()).isEqualTo(first.tokens());
  }

  @Property(tries = 200)
  void everySubsetCompilesAndNoTokenIsThereWithoutItsResource(
      @ForAll("inputs") Inputs inputs, @ForAll long seed) {
    List<Resource> some = new ArrayList<>(inputs.resources());
    var random = new Random(seed);
    some.removeIf(resource -> random.nextBoolean());

    Compilation compilation = Compiler.compile(withResources(inputs, some));

    long tokens = some.stream().filter(Resource.Token.class::isInstance).count();
    assertThat(compilation.tokens()).hasSizeLessThanOrEqualTo((int) tokens);
    assertThat(compilation.snapshot().tokens()).hasSizeLessThanOrEqualTo((int) tokens);
  }

  @Provide
  Arbitrary<Inputs> inputs() {
    try (Stream<Path> folders = Files.list(GOLDEN)) {
      List<Inputs> all = new ArrayList<>();
      for (Path folder : folders.sorted().toList()) {
        all.add(GoldenInputs.read(folder).inputs());
      }
      return Arbitraries.of(all);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Inputs withResources(Inputs inputs, List<Resource> resources) {
    return new Inputs(
        resources,
        inputs.minted(),
        inputs.createdAt(),
        inputs.environmentKeys(),
        inputs.sessionIssuer(),
        inputs.adminIssuer(),
        inputs.authorities(),
        inputs.plaintextEnds(),
        inputs.namespaceLabels(),
        inputs.rules());
  }
}
