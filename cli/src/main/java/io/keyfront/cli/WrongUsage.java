package io.keyfront.cli;

/**
 * Ends a command with exit code 2: what was asked for makes no sense. The message names the option
 * and what would be right. Not picocli's own exception, which every start would have to load to
 * check the classes that throw it.
 */
public final class WrongUsage extends RuntimeException {
  public WrongUsage(String message) {
    super(message, null, false, false);
  }
}
