package io.keyfront.crds;

/**
 * One thing that is wrong with a spec.
 *
 * @param field the path below the record that was asked ({@code targets[1].weight}); empty is the
 *     record itself
 * @param problem what is wrong, to be read after the field's name
 * @param fix what would be right, as a request
 */
public record Problem(String field, String problem, String fix) {

  /** The same problem, seen from the record that holds this one in {@code parent}. */
  public Problem under(String parent) {
    boolean direct = field.isEmpty() || field.startsWith("[");
    return new Problem(direct ? parent + field : parent + "." + field, problem, fix);
  }
}
