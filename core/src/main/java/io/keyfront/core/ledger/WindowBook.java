package io.keyfront.core.ledger;

import java.time.Instant;
import java.util.List;

/**
 * What one account spent and holds in each kind of window. All are counted from the first call on,
 * so that a budget whose window is changed forgets nothing. Moments are microseconds of the epoch.
 */
final class WindowBook {
  private final List<Counting> kinds = Window.ALL.stream().map(Counting::new).toList();

  /** The first moment at which one of the windows has ended. */
  private long nextEnd = Long.MIN_VALUE;

  /** One kind of window: the one of its kind that now is in. */
  private static final class Counting {
    private final Window window;
    private long start = Long.MIN_VALUE;
    private long spentNano;
    private long spentTokens;
    private long heldNano;
    private long heldTokens;

    Counting(Window window) {
      this.window = window;
    }

    void begin(long moment) {
      start = moment;
      spentNano = 0;
      spentTokens = 0;
      heldNano = 0;
      heldTokens = 0;
    }

    void restore(AccountImage.Counted image) {
      start = image.start();
      spentNano = image.spentNano();
      spentTokens = image.spentTokens();
      heldNano = image.heldNano();
      heldTokens = image.heldTokens();
    }

    AccountImage.Counted image() {
      return new AccountImage.Counted(start, spentNano, spentTokens, heldNano, heldTokens);
    }

    WindowSpend spend(Instant now) {
      return new WindowSpend(
          window,
          window.end(now),
          new Amount(spentNano, spentTokens),
          new Amount(heldNano, heldTokens));
    }
  }

  void restore(List<AccountImage.Counted> image) {
    for (int kind = 0; kind < kinds.size(); kind++) {
      kinds.get(kind).restore(image.get(kind));
    }
    nextEnd = Long.MIN_VALUE;
  }

  List<AccountImage.Counted> image() {
    return kinds.stream().map(Counting::image).toList();
  }

  /** Begins the windows that now is in, if others have ended. */
  void roll(long now) {
    if (now < nextEnd) {
      return;
    }
    Instant moment = Micros.instant(now);
    nextEnd = Long.MAX_VALUE;
    for (Counting kind : kinds) {
      long start = Micros.of(kind.window.start(moment));
      if (start > kind.start) {
        kind.begin(start);
      }
      long end = kind.window.end(moment).map(Micros::of).orElse(Long.MAX_VALUE);
      nextEnd = Math.min(nextEnd, end);
    }
  }

  /** Reserves in every window. */
  void hold(Amount amount) {
    for (Counting kind : kinds) {
      kind.heldNano += amount.nanoUsd();
      kind.heldTokens += amount.tokens();
    }
  }

  /** Reserves what was reserved at a moment, in the windows that are still those of it. */
  void holdAgain(Amount amount, long admitted) {
    for (Counting kind : kinds) {
      if (admitted >= kind.start) {
        kind.heldNano += amount.nanoUsd();
        kind.heldTokens += amount.tokens();
      }
    }
  }

  /** Gives back what was reserved at a moment, in the windows that it was reserved in. */
  void giveBack(Amount amount, long admitted) {
    for (Counting kind : kinds) {
      if (admitted >= kind.start) {
        kind.heldNano -= amount.nanoUsd();
        kind.heldTokens -= amount.tokens();
      }
    }
  }

  /** Charges what a call used in the windows that admitted it. */
  void spend(Amount amount, long admitted) {
    for (Counting kind : kinds) {
      if (admitted >= kind.start) {
        kind.spentNano = Math.min(Amount.MOST, kind.spentNano + amount.nanoUsd());
        kind.spentTokens = Math.min(Amount.MOST, kind.spentTokens + amount.tokens());
      }
    }
  }

  /** Takes back a charge that turned out too high. */
  void refund(Amount amount, long admitted) {
    for (Counting kind : kinds) {
      if (admitted >= kind.start) {
        kind.spentNano = Math.max(0, kind.spentNano - amount.nanoUsd());
        kind.spentTokens = Math.max(0, kind.spentTokens - amount.tokens());
      }
    }
  }

  /** Spends more, or less where negative. */
  void correct(Window window, Shortage.Measure measure, long more) {
    Counting kind = kind(window);
    switch (measure) {
      case NANO_USD -> kind.spentNano = Math.clamp(kind.spentNano + more, 0, Amount.MOST);
      case TOKENS -> kind.spentTokens = Math.clamp(kind.spentTokens + more, 0, Amount.MOST);
    }
  }

  /** When the window began that now is in. */
  long start(Window window) {
    return kind(window).start;
  }

  long spent(Window window, Shortage.Measure measure) {
    Counting kind = kind(window);
    return switch (measure) {
      case NANO_USD -> kind.spentNano;
      case TOKENS -> kind.spentTokens;
    };
  }

  long held(Window window, Shortage.Measure measure) {
    Counting kind = kind(window);
    return switch (measure) {
      case NANO_USD -> kind.heldNano;
      case TOKENS -> kind.heldTokens;
    };
  }

  private Counting kind(Window window) {
    for (Counting kind : kinds) {
      if (kind.window == window) {
        return kind;
      }
    }
    throw new IllegalStateException("No window " + window);
  }

  List<WindowSpend> windows(long now) {
    Instant moment = Micros.instant(now);
    return kinds.stream().map(kind -> kind.spend(moment)).toList();
  }
}
