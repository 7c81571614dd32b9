package io.keyfront.cli;

/** Ends a command with exit code 1. The message is for people and names the fix. */
public final class CommandFailed extends RuntimeException {
  public CommandFailed(String message) {
    super(message, null, false, false);
  }
}
