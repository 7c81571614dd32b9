package io.keyfront.operator.report;

/**
 * What a condition is to say.
 *
 * @param holds its status
 * @param message for people, without secrets; at most {@value #MESSAGE_MAX} characters
 */
public record Verdict(boolean holds, ConditionReason reason, String message) {
  static final int MESSAGE_MAX = 2000;

  public Verdict {
    message = message.length() <= MESSAGE_MAX ? message : message.substring(0, MESSAGE_MAX) + "…";
  }

  public static Verdict yes(ConditionReason reason, String message) {
    return new Verdict(true, reason, message);
  }

  public static Verdict no(ConditionReason reason, String message) {
    return new Verdict(false, reason, message);
  }
}
