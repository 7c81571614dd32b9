package io.keyfront.cli.home;

/**
 * The home folder cannot be used as it is. The message names the file and the way out, for people;
 * it carries no stack trace, as it is no bug.
 */
public final class HomeUnusable extends RuntimeException {
  public HomeUnusable(String message) {
    super(message, null, false, false);
  }
}
