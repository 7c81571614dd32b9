package io.keyfront.crds;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDGenerator.CRDOutput;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The definitions as the records' annotations say them. */
final class CrdYaml {

  private static final String HEADER =
      """
      # Made from the records of io.keyfront.crds: change those, then run CrdYamlTest with
      # -Dkeyfront.crds.write=true.
      """;

  private CrdYaml() {}

  /** YAML by the definition's name. */
  static Map<String, String> generate(List<Class<? extends HasMetadata>> kinds) {
    var output = new Kept();
    new CRDGenerator()
        .withOutput(output)
        .withImplicitPreserveUnknownFields(false)
        .withMinQuotes(true)
        .withParallelGenerationEnabled(false)
        .withPostProcessor(finish(kinds))
        .forCRDVersions("v1")
        .customResourceClasses(kinds)
        .generate();
    return output.byName();
  }

  private static CRDPostProcessor finish(List<Class<? extends HasMetadata>> kinds) {
    var finish = new SchemaFinish();
    return new CRDPostProcessor() {
      @Override
      public HasMetadata process(HasMetadata crd, String version) {
        var definition = (CustomResourceDefinition) crd;
        kinds.stream()
            .filter(
                kind ->
                    HasMetadata.getFullResourceName(kind)
                        .equals(definition.getMetadata().getName()))
            .forEach(kind -> finish.complete(definition, kind));
        return definition;
      }
    };
  }

  private static final class Kept implements CRDOutput<ByteArrayOutputStream> {
    private final Map<String, ByteArrayOutputStream> streams = new HashMap<>();

    @Override
    public ByteArrayOutputStream outputFor(String crdName) {
      return streams.computeIfAbsent(crdName, name -> new ByteArrayOutputStream());
    }

    Map<String, String> byName() {
      var texts = new HashMap<String, String>();
      streams.forEach((name, text) -> texts.put(definition(name), yaml(text)));
      return texts;
    }

    private static String definition(String output) {
      return output.replaceFirst("-v1$", "");
    }

    private static String yaml(ByteArrayOutputStream text) {
      return HEADER + text.toString(StandardCharsets.UTF_8).replaceFirst("^#[^\n]*\n", "");
    }

    @Override
    public void close() {}
  }
}
