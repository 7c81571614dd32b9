package io.keyfront.dataplane.authorize;

import io.keyfront.dataplane.alias.Targeted;
import java.util.List;

/**
 * The caller may, and somebody can serve it.
 *
 * @param fallbacks models of the same provider that may answer instead, as the body says
 * @param candidates in the order in which they are tried; at least one
 */
public record Permitted(Targeted targeted, List<String> fallbacks, List<Candidate> candidates) {}
