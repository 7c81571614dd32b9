package io.keyfront.crds;

import java.util.List;

/** Checks of model names and globs. */
final class ModelNames {
  static final String NAME_FIX = "write a model's name without blanks";
  static final String GLOB_FIX = "name one model, or leave it out to keep the requested one";

  private ModelNames() {}

  static List<Problem> globProblems(String glob) {
    var problems = new Problems();
    problems.text("", glob, Names.MODEL_MAX, Names.MODEL, Names.MODEL_FIX);
    return problems.list();
  }

  /** A name that is sent upstream as it stands. */
  static List<Problem> nameProblems(String name) {
    var problems = new Problems();
    problems.text("", name, Names.MODEL_MAX, Names.MODEL, NAME_FIX);
    if (name.indexOf('*') >= 0 || name.indexOf('?') >= 0) {
      problems.add("", "'" + name + "' is a glob", GLOB_FIX);
    }
    return problems.list();
  }
}
