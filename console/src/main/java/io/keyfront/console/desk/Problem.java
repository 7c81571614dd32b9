package io.keyfront.console.desk;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something wrong with the configuration that the server found; what is right goes on working.
 *
 * @param file the resource file, relative to its folder
 * @param line counted from 1
 * @param resource kind, namespace and name: {@code MachineToken default/agent}
 * @param field the path of the field: {@code spec.scopes[0]}
 * @param message what is wrong and what would be right
 */
public record Problem(
    Optional<String> file,
    OptionalInt line,
    Optional<String> resource,
    Optional<String> field,
    String message) {

  /** A problem of a whole file or folder. */
  public static Problem ofFile(String file, String message) {
    return new Problem(
        Optional.of(file), OptionalInt.empty(), Optional.empty(), Optional.empty(), message);
  }

  /** A problem that no file causes. */
  public static Problem general(String message) {
    return new Problem(
        Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(), message);
  }

  /** One line for a terminal: {@code agents.yaml:3: MachineToken default/a: spec.ttl: message}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    file.ifPresent(
        name ->
            text.append(name).append(line.isPresent() ? ":" + line.getAsInt() : "").append(": "));
    resource.ifPresent(name -> text.append(name).append(": "));
    field.ifPresent(name -> text.append(name).append(": "));
    return text.append(message).toString();
  }
}
