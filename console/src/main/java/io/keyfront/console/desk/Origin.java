package io.keyfront.console.desk;

/** Who is in charge of a token. */
public sealed interface Origin {
  /** The word in answers: {@code api}, {@code file} or {@code demo}. */
  String label();

  /** Made and edited by the admin API. */
  record Api() implements Origin {
    @Override
    public String label() {
      return "api";
    }
  }

  /**
   * Declared by a resource file, which is where it is edited.
   *
   * @param place the file, with the line where one is known: {@code agents.yaml:12}
   */
  record File(String place) implements Origin {
    @Override
    public String label() {
      return "file";
    }
  }

  /** The demo token that every standalone server has. */
  record Demo() implements Origin {
    @Override
    public String label() {
      return "demo";
    }
  }
}
