package io.keyfront.snapshot;

/** A part that cannot be used. The message says why and holds nothing of the part's values. */
public final class PartRefused extends Exception {
  private final String why;

  public PartRefused(String why) {
    super(why);
    this.why = why;
  }

  @Override
  public String getMessage() {
    return why;
  }
}
