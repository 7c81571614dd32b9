package io.keyfront.compiler.read;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.finding.ResourceId;
import io.keyfront.compiler.finding.Severity;
import io.keyfront.compiler.finding.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with one document, kept until it is known which resource it is. */
final class Notes {
  private record Note(Reason reason, int line, String field, String problem, String fix) {}

  private final List<Note> notes = new ArrayList<>();

  void add(Reason reason, int line, String field, String problem, String fix) {
    notes.add(new Note(reason, line, field, problem, fix));
  }

  void invalid(int line, String field, String problem, String fix) {
    add(Reason.INVALID, line, field, problem, fix);
  }

  boolean isEmpty() {
    return notes.isEmpty();
  }

  /** Whether something was said about the field, a part of it, or what it is part of. */
  boolean touch(String field) {
    return notes.stream()
        .anyMatch(note -> within(note.field(), field) || within(field, note.field()));
  }

  private static boolean within(String inner, String outer) {
    return inner.startsWith(outer)
        && (inner.length() == outer.length()
            || inner.charAt(outer.length()) == '.'
            || inner.charAt(outer.length()) == '[');
  }

  List<Finding> findings(String file, Optional<ResourceId> resource) {
    return notes.stream()
        .map(
            note ->
                new Finding(
                    Severity.ERROR,
                    note.reason(),
                    Optional.of(new Source(file, note.line())),
                    resource,
                    note.field(),
                    note.problem(),
                    note.fix()))
        .toList();
  }
}
