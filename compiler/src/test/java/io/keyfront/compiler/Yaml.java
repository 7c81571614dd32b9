package io.keyfront.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.compiler.read.Parsed;
import io.keyfront.compiler.read.ResourceReader;
import io.keyfront.compiler.resource.Resource;
import java.util.List;

/** Resources for tests, from YAML that must be right. */
final class Yaml {
  private Yaml() {}

  static List<Resource> resources(String yaml) {
    Parsed parsed = ResourceReader.read("test.yaml", yaml);
    assertThat(parsed.findings()).isEmpty();
    return parsed.resources();
  }
}
