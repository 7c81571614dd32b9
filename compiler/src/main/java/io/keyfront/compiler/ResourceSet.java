package io.keyfront.compiler;

import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.finding.ResourceId;
import io.keyfront.compiler.finding.Source;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.crds.Problem;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The resources that are right by themselves, each once, by kind; the oldest first, then by
 * namespace and name. Where two claim one thing, the first in this order has it.
 */
record ResourceSet(
    List<Resource.Credential> credentials,
    List<Resource.Token> tokens,
    List<Resource.Alias> aliases,
    List<Resource.Settings> settings,
    List<Resource.Secret> secrets) {

  static ResourceSet of(Inputs inputs, Findings findings) {
    Map<ResourceId, Resource> first = new HashMap<>();
    List<Resource> right =
        inputs.resources().stream()
            .sorted(BY_PLACE)
            .filter(resource -> isFirst(resource, first, findings))
            .filter(resource -> isRight(resource, findings))
            .map(resource -> Aged.of(resource, inputs.createdAt()))
            .sorted(BY_AGE)
            .map(Aged::resource)
            .toList();
    return new ResourceSet(
        only(Resource.Credential.class, right),
        only(Resource.Token.class, right),
        only(Resource.Alias.class, right),
        only(Resource.Settings.class, right),
        only(Resource.Secret.class, right));
  }

  private static <T extends Resource> List<T> only(Class<T> kind, List<Resource> resources) {
    return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** When a resource came to be, where anybody knows. */
  static Optional<Instant> createdAt(Resource resource, Map<String, Instant> firstSeen) {
    Optional<Instant> said = resource.metadata().creationTimestamp();
    return said.isPresent() || firstSeen.isEmpty()
        ? said
        : Optional.ofNullable(firstSeen.get(resource.uid()));
  }

  /** Does not depend on the order that the resources were given in. */
  private static final Comparator<Resource> BY_PLACE =
      Comparator.comparing((Resource resource) -> place(resource).map(Source::file).orElse(""))
          .thenComparing(resource -> place(resource).map(Source::line).orElse(0));

  private static Optional<Source> place(Resource resource) {
    return resource.origin().source();
  }

  /** A resource with its creation worked out once, not at every comparison. */
  private record Aged(Resource resource, Instant createdAt) {
    static Aged of(Resource resource, Map<String, Instant> firstSeen) {
      return new Aged(resource, ResourceSet.createdAt(resource, firstSeen).orElse(Instant.MAX));
    }
  }

  private static final Comparator<Aged> BY_AGE =
      Comparator.comparing(Aged::createdAt)
          .thenComparing(aged -> aged.resource().metadata().namespace())
          .thenComparing(aged -> aged.resource().metadata().name());

  private static boolean isFirst(
      Resource resource, Map<ResourceId, Resource> first, Findings findings) {
    Resource other = first.putIfAbsent(resource.id(), resource);
    if (other != null) {
      String where = place(other).map(source -> ", first at " + source).orElse("");
      findings.error(
          resource, Reason.CONFLICT, "", "is defined twice" + where, "keep one of the two");
    }
    return other == null;
  }

  private static boolean isRight(Resource resource, Findings findings) {
    List<Problem> problems = resource.problems();
    for (Problem problem : problems) {
      findings.error(resource, Reason.INVALID, problem.field(), problem.problem(), problem.fix());
    }
    return problems.isEmpty();
  }
}
