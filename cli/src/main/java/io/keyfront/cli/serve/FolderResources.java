package io.keyfront.cli.serve;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.read.Parsed;
import io.keyfront.compiler.read.ResourceReader;
import io.keyfront.compiler.resource.Resource;
import java.util.ArrayList;
import java.util.List;

/**
 * The resources that the user's files hold.
 *
 * @param findings files and resources that could not be read
 * @param isComplete whether everything was read, so that what is missing is not meant to be there
 */
public record FolderResources(
    List<Resource> resources, List<Finding> findings, boolean isComplete) {
  /** Before anything was read, or without a folder: what is missing may come back. */
  public static final FolderResources NONE = new FolderResources(List.of(), List.of(), false);

  public FolderResources {
    resources = List.copyOf(resources);
    findings = List.copyOf(findings);
  }

  public static FolderResources of(FolderContents contents) {
    List<Resource> resources = new ArrayList<>();
    List<Finding> findings = new ArrayList<>(contents.findings());
    for (ResourceFile file : contents.files()) {
      Parsed parsed = ResourceReader.read(file.name(), file.text());
      resources.addAll(parsed.resources());
      findings.addAll(parsed.findings());
    }
    boolean complete = findings.stream().noneMatch(Finding::isError);
    return new FolderResources(resources, findings, complete);
  }
}
