package io.keyfront.compiler.read;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.resource.Resource;
import java.util.List;

/**
 * What a file holds.
 *
 * @param resources those whose form is right, in the file's order
 * @param findings what is wrong with the rest
 */
public record Parsed(List<Resource> resources, List<Finding> findings) {
  public Parsed {
    resources = List.copyOf(resources);
    findings = List.copyOf(findings);
  }
}
