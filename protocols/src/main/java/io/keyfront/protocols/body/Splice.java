package io.keyfront.protocols.body;

/**
 * One edit of a body: puts {@code text} where {@code span} was.
 *
 * @param span of the body as it was before any edit
 */
public record Splice(Span span, String text) {
  /**
   * Inserts a field.
   *
   * @param at right behind the opening brace of an object
   * @param field name, colon and value, as JSON
   * @param alone whether the object had no field
   */
  public static Splice insert(int at, String field, boolean alone) {
    return new Splice(new Span(at, at), alone ? field : field + ",");
  }
}
