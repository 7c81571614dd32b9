package io.keyfront.core.ledger;

import java.util.List;

/**
 * What marks charged an account after a loss of data. What the account is known to have spent and
 * held before the loss, as it was found or told since, is "known"; its mark is an upper bound of
 * all there was. What the mark exceeds the known by is charged as well, and shrinks as more is
 * told: what was there before counts max(mark, known). Only of the windows that now is in.
 */
final class Seeds {
  private static final List<Shortage.Measure> MEASURES = List.of(Shortage.Measure.values());

  private final WindowBook windows;

  /** For each window and measure: its start, what earlier losses charged, the mark, the known. */
  private final long[] starts = new long[Window.ALL.size()];

  private final long[][] prior = new long[Window.ALL.size()][MEASURES.size()];
  private final long[][] mark = new long[Window.ALL.size()][MEASURES.size()];
  private final long[][] known = new long[Window.ALL.size()][MEASURES.size()];

  /** Whether the account was found after the loss, with what it had. */
  private boolean found;

  Seeds(WindowBook windows) {
    this.windows = windows;
    roll();
  }

  boolean found() {
    return found;
  }

  /** Forgets windows that have ended. To be called before all else. */
  void roll() {
    for (int i = 0; i < starts.length; i++) {
      Window window = Window.ALL.get(i);
      if (starts[i] != windows.start(window)) {
        starts[i] = windows.start(window);
        prior[i] = new long[MEASURES.size()];
        mark[i] = new long[MEASURES.size()];
        known[i] = new long[MEASURES.size()];
      }
    }
  }

  /** After another loss: all that is there now is known. */
  void turn() {
    for (int i = 0; i < starts.length; i++) {
      Window window = Window.ALL.get(i);
      for (int m = 0; m < MEASURES.size(); m++) {
        Shortage.Measure measure = MEASURES.get(m);
        prior[i][m] = charged(i, m);
        mark[i][m] = 0;
        long taken = windows.spent(window, measure) + windows.held(window, measure);
        known[i][m] = Math.min(Amount.MOST, taken);
      }
    }
    found = true;
  }

  /** More is known, or less where negative, of a call that was admitted at a moment. */
  void learn(long nanoUsd, long tokens, long admitted) {
    for (int i = 0; i < starts.length; i++) {
      if (admitted >= starts[i]) {
        move(i, 0, 0, nanoUsd);
        move(i, 1, 0, tokens);
      }
    }
  }

  /** Takes a mark in, of windows that it is of. */
  void seed(Mark.Part part, Window window) {
    int i = Window.ALL.indexOf(window);
    if (part.start() == starts[i]) {
      move(i, 0, part.most().nanoUsd(), 0);
      move(i, 1, part.most().tokens(), 0);
    }
  }

  private void move(int i, int m, long raised, long learnt) {
    long before = Math.max(0, mark[i][m] - known[i][m]);
    mark[i][m] = Math.max(mark[i][m], raised);
    known[i][m] = Math.clamp(known[i][m] + learnt, 0, Amount.MOST);
    long more = Math.max(0, mark[i][m] - known[i][m]) - before;
    windows.correct(Window.ALL.get(i), MEASURES.get(m), more);
  }

  /** Takes back what marks charged, at most so much; what it was in all. */
  Amount credit(Amount most) {
    for (int i = starts.length - 1; i > 0; i--) {
      credit(i, 0, most.nanoUsd());
      credit(i, 1, most.tokens());
    }
    return new Amount(credit(0, 0, most.nanoUsd()), credit(0, 1, most.tokens()));
  }

  private long credit(int i, int m, long most) {
    long credit = Math.min(most, charged(i, m));
    long first = Math.min(credit, prior[i][m]);
    prior[i][m] -= first;
    windows.correct(Window.ALL.get(i), MEASURES.get(m), -first);
    move(i, m, 0, credit - first);
    return credit;
  }

  private long charged(int i, int m) {
    return prior[i][m] + Math.max(0, mark[i][m] - known[i][m]);
  }

  /** What marks charged in all. */
  Amount charged() {
    return new Amount(charged(0, 0), charged(0, 1));
  }
}
