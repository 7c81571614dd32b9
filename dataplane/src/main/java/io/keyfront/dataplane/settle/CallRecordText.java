package io.keyfront.dataplane.settle;

import io.keyfront.core.ledger.Refusals;
import io.keyfront.core.money.Usage;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A call record as one line for a person at a terminal. */
public final class CallRecordText implements CallRecordFormat {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
  private static final long MILLION = 1_000_000;

  /** Control characters of names are shown as question marks. */
  @Override
  public void append(CallRecord call, StringBuilder line) {
    int start = line.length();
    line.append(TIME.format(call.time())).append("  ").append(call.status()).append("  ");
    line.append(call.token().orElse("-")).append("  ").append(where(call));
    call.usage()
        .filter(usage -> usage.totalInput() + usage.output() > 0)
        .ifPresent(usage -> line.append("  ").append(tokens(usage)));
    call.costNano()
        .filter(nano -> nano > 0)
        .ifPresent(nano -> line.append("  ").append(Refusals.usd(nano)).append(" USD"));
    line.append("  ").append(call.durationNanos() / MILLION).append(" ms");
    call.code().ifPresent(code -> line.append("  ").append(code));
    call.settlement()
        .filter(kind -> kind.equals("in_doubt"))
        .ifPresent(kind -> line.append("  usage in doubt"));
    line.append("  ").append(call.requestId());
    makePrintable(line, start);
    line.append('\n');
  }

  private static String where(CallRecord call) {
    String asked = call.provider().orElse("") + ":" + call.model().orElse("");
    String path = call.method() + " " + call.path();
    return call.model().isEmpty() ? path : asked + (call.streamed() ? " (stream)" : "");
  }

  private static String tokens(Usage usage) {
    return usage.totalInput() + " in, " + usage.output() + " out";
  }

  private static void makePrintable(StringBuilder line, int from) {
    for (int i = from; i < line.length(); i++) {
      if (Character.isISOControl(line.charAt(i))) {
        line.setCharAt(i, '?');
      }
    }
  }
}
