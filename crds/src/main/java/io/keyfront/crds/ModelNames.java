package io.keyfront.crds;

import java.util.List;

/** Checks of model names and globs. */
final class ModelNames {
  private ModelNames() {}

  static List<Problem> globProblems(String glob) {
    var problems = new Problems();
    problems.text("", glob, Names.MODEL_MAX, Names.MODEL, Names.MODEL_FIX);
    return problems.list();
  }

  /** A name that is sent upstream as it stands. */
  static List<Problem> nameProblems(String name) {
    var problems = new Problems();
    problems.text("", name, Names.MODEL_MAX, Names.MODEL, "write a model's name without blanks");
    if (name.indexOf('*') >= 0 || name.indexOf('?') >= 0) {
      problems.add(
          "",
          "'" + name + "' is a glob",
          "name one model, or leave it out to keep the requested one");
    }
    return problems.list();
  }
}
