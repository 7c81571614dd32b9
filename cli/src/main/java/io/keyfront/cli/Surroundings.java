package io.keyfront.cli;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a command finds around it.
 *
 * @param environment the environment variables
 * @param out standard output: what was asked for
 * @param err standard error: everything else
 * @param terminal whether standard output is a terminal
 */
public record Surroundings(
    Map<String, String> environment,
    PrintWriter out,
    PrintWriter err,
    InstantSource clock,
    boolean terminal) {
  public Surroundings {
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
  }

  /** A variable that is set and not blank. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  @Override
  public String toString() {
    return "Surroundings[terminal=" + terminal + "]";
  }
}
