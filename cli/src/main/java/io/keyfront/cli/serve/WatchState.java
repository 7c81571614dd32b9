package io.keyfront.cli.serve;

import java.util.Map;

/**
 * Decides when a watched folder is to be read again: once it has been the same for two polls, so
 * that no file is read while it is written, but at the latest after {@value #PATIENCE} polls that
 * each saw a change.
 *
 * @param delivered the stamps of the content in use
 * @param seen the stamps of the last poll
 * @param unsettled polls in a row that saw something new
 */
record WatchState(Map<String, FileStamp> delivered, Map<String, FileStamp> seen, int unsettled) {
  static final int PATIENCE = 3;

  WatchState {
    delivered = Map.copyOf(delivered);
    seen = Map.copyOf(seen);
  }

  /** Begins with content that is in use already. */
  static WatchState using(Map<String, FileStamp> stamps) {
    return new WatchState(stamps, stamps, 0);
  }

  /** What a poll leads to. */
  WatchState polled(Map<String, FileStamp> now) {
    if (now.equals(delivered)) {
      return using(now);
    }
    return new WatchState(delivered, now, now.equals(seen) ? PATIENCE : unsettled + 1);
  }

  /** Whether the folder should be read now. */
  boolean isDue() {
    return unsettled >= PATIENCE;
  }
}
