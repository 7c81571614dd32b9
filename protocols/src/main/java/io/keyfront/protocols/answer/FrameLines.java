package io.keyfront.protocols.answer;

import java.nio.charset.StandardCharsets;

/**
 * Feeds the data of one frame of server-sent events to a skimmer. A frame may come in pieces cut
 * anywhere; several data lines count as one text with line feeds between them (WHATWG HTML, 9.2.6).
 */
final class FrameLines {
  private static final byte[] DATA = "data:".getBytes(StandardCharsets.UTF_8);
  private static final byte[] LINE_FEED = {'\n'};

  private final JsonSkimmer skimmer;
  private int matched;
  private boolean inData;
  private boolean afterColon;
  private boolean ignoring;
  private boolean hasData;

  FrameLines(JsonSkimmer skimmer) {
    this.skimmer = skimmer;
  }

  /** Begins another frame. */
  void restart() {
    skimmer.restart();
    hasData = false;
    beginLine();
  }

  void feed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int end = ByteScan.lineEnd(bytes, at, to);
      line(bytes, at, end);
      at = end;
      if (at < to) {
        // The line feed of a pair ends an empty line of its own here, which means nothing.
        beginLine();
        at++;
      }
    }
  }

  private void beginLine() {
    matched = 0;
    inData = false;
    afterColon = false;
    ignoring = false;
  }

  private void line(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && !inData && !ignoring) {
      ignoring = bytes[at] != DATA[matched];
      matched++;
      at++;
      if (!ignoring && matched == DATA.length) {
        beginData();
      }
    }
    if (inData && at < to) {
      if (afterColon && bytes[at] == ' ') {
        at++;
      }
      afterColon = false;
      skimmer.feed(bytes, at, to);
    }
  }

  private void beginData() {
    inData = true;
    afterColon = true;
    if (hasData) {
      skimmer.feed(LINE_FEED, 0, 1);
    }
    hasData = true;
  }
}
