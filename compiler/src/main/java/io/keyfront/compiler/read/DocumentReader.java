package io.keyfront.compiler.read;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.finding.ResourceId;
import io.keyfront.compiler.finding.Source;
import io.keyfront.compiler.read.YamlValue.Mapping;
import io.keyfront.compiler.read.YamlValue.Sequence;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.compiler.resource.Metadata;
import io.keyfront.compiler.resource.Origin;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.crds.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one document after the other into a list of resources and a list of findings. */
final class DocumentReader {
  private static final List<String> KINDS_TO_COME = List.of("ManagedTool");

  private final String file;
  private final List<Resource> resources;
  private final List<Finding> findings;

  DocumentReader(String file, List<Resource> resources, List<Finding> findings) {
    this.file = file;
    this.resources = resources;
    this.findings = findings;
  }

  void read(YamlValue document) {
    if (document instanceof Mapping mapping && isList(mapping)) {
      mapping.entries().stream()
          .filter(entry -> entry.key().equals("items"))
          .forEach(entry -> items((Sequence) entry.value()));
    } else {
      one(document);
    }
  }

  private static boolean isList(Mapping mapping) {
    boolean named =
        mapping.entries().stream()
            .anyMatch(
                entry ->
                    entry.key().equals("kind")
                        && entry.value() instanceof YamlValue.Scalar kind
                        && kind.text().endsWith("List"));
    return named
        && mapping.entries().stream()
            .filter(entry -> entry.key().equals("items"))
            .allMatch(entry -> entry.value() instanceof Sequence);
  }

  private void items(Sequence items) {
    items.items().forEach(this::one);
  }

  private void one(YamlValue document) {
    var notes = new Notes();
    if (document instanceof Mapping mapping) {
      resource(notes, mapping);
    } else {
      notes.invalid(
          document.line(), "", "the document is no resource", "begin with apiVersion and kind");
      findings.addAll(notes.findings(file, Optional.empty()));
    }
  }

  private void resource(Notes notes, Mapping mapping) {
    var top = new Fields(notes, "", mapping.line(), mapping);
    @Nullable Kind kind = kind(top);
    if (kind == null) {
      findings.addAll(notes.findings(file, Optional.empty()));
      return;
    }
    var origin = new Origin(Optional.of(new Source(file, mapping.line())), Lines.of(mapping));
    Resource resource = top.readWhole(fields -> read(kind, fields, origin));
    if (notes.isEmpty()) {
      resources.add(resource);
      return;
    }
    // It is refused anyway: say all that is wrong with it at once.
    for (Problem problem : resource.problems()) {
      if (!notes.touch(problem.field())) {
        int line = origin.of(problem.field()).map(Source::line).orElse(mapping.line());
        notes.invalid(line, problem.field(), problem.problem(), problem.fix());
      }
    }
    findings.addAll(notes.findings(file, identified(resource)));
  }

  private static Optional<ResourceId> identified(Resource resource) {
    return resource.metadata().name().isEmpty() ? Optional.empty() : Optional.of(resource.id());
  }

  private static @Nullable Kind kind(Fields top) {
    String apiVersion = top.requiredText("apiVersion");
    String name = top.requiredText("kind");
    Optional<Kind> kind = Kind.byId(name);
    if (name.isEmpty()) {
      return null;
    }
    if (KINDS_TO_COME.contains(name)) {
      top.notes()
          .add(
              Reason.NOT_SUPPORTED_YET,
              top.line("kind"),
              "kind",
              "'" + name + "' is not supported yet",
              "remove it until it is");
    } else if (kind.isEmpty()) {
      top.notes()
          .invalid(
              top.line("kind"),
              "kind",
              "'" + name + "' is not a kind that Keyfront reads",
              "write one of " + kinds());
    } else if (!apiVersion.isEmpty() && !apiVersion.equals(kind.get().apiVersion())) {
      top.notes()
          .invalid(
              top.line("apiVersion"),
              "apiVersion",
              "'" + apiVersion + "' is not the version of " + name,
              "write " + kind.get().apiVersion());
    }
    return kind.orElse(null);
  }

  private static String kinds() {
    return Arrays.stream(Kind.values()).map(Kind::id).collect(Collectors.joining(", "));
  }

  private static Resource read(Kind kind, Fields top, Origin origin) {
    top.ignore("apiVersion", "kind", "status");
    Metadata metadata = top.requiredFields("metadata", MetadataReader::metadata);
    return switch (kind) {
      case PROVIDER_CREDENTIAL ->
          new Resource.Credential(
              metadata, top.requiredFields("spec", SpecReaders::credential), origin);
      case MACHINE_TOKEN ->
          new Resource.Token(metadata, top.requiredFields("spec", SpecReaders::token), origin);
      case MODEL_ALIAS ->
          new Resource.Alias(metadata, top.requiredFields("spec", SpecReaders::alias), origin);
      case KEYFRONT_SETTINGS ->
          new Resource.Settings(metadata, top.fieldsIfAny("spec", SpecReaders::settings), origin);
      case SECRET -> SecretReader.secret(metadata, top, origin);
    };
  }
}
