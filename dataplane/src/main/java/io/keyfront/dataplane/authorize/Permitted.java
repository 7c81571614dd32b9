package io.keyfront.dataplane.authorize;

import io.keyfront.dataplane.alias.Targeted;
import java.util.List;

/**
 * The caller may, and somebody can serve it.
 *
 * @param candidates in the order in which they are tried; at least one
 */
public record Permitted(Targeted targeted, List<Candidate> candidates) {}
