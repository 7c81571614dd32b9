package io.keyfront.dataplane.settle;

import io.keyfront.core.money.Usage;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A call record as one line for a person at a terminal. */
public final class CallRecordText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
  private static final long MILLION = 1_000_000;

  private CallRecordText() {}

  /** UTF-8, ending with a line feed; control characters of names are shown as question marks. */
  public static byte[] line(CallRecord call) {
    StringBuilder line = new StringBuilder(160);
    line.append(TIME.format(call.time())).append("  ").append(call.status()).append("  ");
    line.append(call.token().orElse("-")).append("  ").append(where(call));
    call.usage()
        .filter(usage -> usage.totalInput() + usage.output() > 0)
        .ifPresent(usage -> line.append("  ").append(tokens(usage)));
    line.append("  ").append(call.durationNanos() / MILLION).append(" ms");
    call.code().ifPresent(code -> line.append("  ").append(code));
    call.settlement()
        .filter(kind -> kind.equals("in_doubt"))
        .ifPresent(kind -> line.append("  usage in doubt"));
    line.append("  ").append(call.requestId()).append('\n');
    return printable(line).getBytes(StandardCharsets.UTF_8);
  }

  private static String where(CallRecord call) {
    String asked = call.provider().orElse("") + ":" + call.model().orElse("");
    String path = call.method() + " " + call.path();
    return call.model().isEmpty() ? path : asked + (call.streamed() ? " (stream)" : "");
  }

  private static String tokens(Usage usage) {
    return usage.totalInput() + " in, " + usage.output() + " out";
  }

  private static String printable(StringBuilder line) {
    for (int i = 0; i < line.length() - 1; i++) {
      if (Character.isISOControl(line.charAt(i))) {
        line.setCharAt(i, '?');
      }
    }
    return line.toString();
  }
}
