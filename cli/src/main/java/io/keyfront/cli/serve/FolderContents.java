package io.keyfront.cli.serve;

import io.keyfront.compiler.finding.Finding;
import java.util.List;

/**
 * What a resource folder holds.
 *
 * @param files sorted by name
 * @param findings files that could not be read
 */
public record FolderContents(List<ResourceFile> files, List<Finding> findings) {
  /** No file at all. */
  public static final FolderContents EMPTY = new FolderContents(List.of(), List.of());

  public FolderContents {
    files = List.copyOf(files);
    findings = List.copyOf(findings);
  }
}
