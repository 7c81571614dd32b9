package io.keyfront.compiler.read;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.finding.Severity;
import io.keyfront.compiler.finding.Source;
import io.keyfront.compiler.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a file of resources: YAML with any number of documents, each a resource or a {@code List}.
 * A resource that is wrong is refused alone; where the text stops being YAML, the rest of the file
 * is.
 */
public final class ResourceReader {
  /** Largest file, in characters (4 Mi). */
  public static final int FILE_MAX = 4 << 20;

  /** Most findings told of one file. */
  public static final int FINDINGS_MAX = 1_000;

  private ResourceReader() {}

  /**
   * Never throws for what a file holds.
   *
   * @param file how findings name it
   */
  public static Parsed read(String file, String yaml) {
    if (yaml.length() > FILE_MAX) {
      return new Parsed(
          List.of(),
          List.of(
              whole(
                  file,
                  1,
                  "the file is larger than " + (FILE_MAX >> 20) + " MiB",
                  "split it into several files")));
    }
    YamlDocuments documents = YamlDocuments.read(yaml);
    List<Resource> resources = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    var reader = new DocumentReader(file, resources, findings);
    documents.values().forEach(reader::read);
    documents
        .broken()
        .ifPresent(
            broken ->
                findings.add(
                    whole(
                        file,
                        broken.line(),
                        "the rest of the file " + broken.problem(),
                        broken.fix())));
    return new Parsed(resources, bounded(file, findings));
  }

  private static List<Finding> bounded(String file, List<Finding> findings) {
    if (findings.size() <= FINDINGS_MAX) {
      return findings;
    }
    List<Finding> first = new ArrayList<>(findings.subList(0, FINDINGS_MAX));
    int more = findings.size() - FINDINGS_MAX;
    int line = findings.get(FINDINGS_MAX).source().map(Source::line).orElse(1);
    first.add(whole(file, line, more + " more problems are not shown", "solve the first ones"));
    return first;
  }

  private static Finding whole(String file, int line, String problem, String fix) {
    return new Finding(
        Severity.ERROR,
        Reason.INVALID,
        Optional.of(new Source(file, line)),
        Optional.empty(),
        "",
        problem,
        fix);
  }
}
