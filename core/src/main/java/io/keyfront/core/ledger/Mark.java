package io.keyfront.core.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A write-ahead mark: an upper bound of what an account has spent and holds, kept durably outside
 * of the ledger and raised ahead of need, so that a ledger that lost its data cannot forget more
 * than that it was spent. Only the budget's window is compared at a hold. Of the others it holds at
 * every admission by who keeps it, which is what {@link #at} relies on: a window that began before
 * the measured one has spent what it had at the raise, and at most the room given then; one that
 * began later has only calls that the measured one has too.
 *
 * @param epoch of the ledger when it was raised: another one after it may have lost data
 * @param raised microseconds of the epoch, by the ledger's clock
 * @param measured the budget's window
 * @param parts one for each of {@link Window#ALL}, in that order
 */
public record Mark(long epoch, long raised, Window measured, List<Part> parts) {
  /** The part of the limit that is a step. */
  private static final long STEPS = 10;

  /** Where there is no limit: calls like the one that asks that a first step has room for. */
  private static final long UNLIMITED_CALLS = 100;

  /**
   * One window.
   *
   * @param start microseconds of the epoch
   */
  public record Part(long start, Amount most) {}

  /**
   * @throws IllegalArgumentException when a window is missing
   */
  public Mark {
    parts = List.copyOf(parts);
    if (parts.size() != Window.ALL.size()) {
      throw new IllegalArgumentException(
          "A mark of %d windows: give all %d.".formatted(parts.size(), Window.ALL.size()));
    }
  }

  /**
   * A mark with room for more.
   *
   * @param now where the account stands
   * @param asked by a call that waits for it: it fits in any case
   * @param all that calls ask which wait for it, this one's too: they fit where the limit allows
   */
  public static Mark raised(Standing now, Budget budget, Amount asked, Amount all, long epoch) {
    Window measured = budget.window();
    Amount before = taken(now.in(measured));
    Amount most =
        new Amount(
            target(before.nanoUsd(), asked.nanoUsd(), all.nanoUsd(), budget.nanoUsd()),
            target(before.tokens(), asked.tokens(), all.tokens(), budget.tokens()));
    Instant start = measured.start(now.at());
    Amount room = most.minusOrZero(before);
    List<Part> parts = new ArrayList<>();
    for (Window window : Window.ALL) {
      Instant begins = window.start(now.at());
      Amount part = begins.isBefore(start) ? taken(now.in(window)).plus(room) : most;
      parts.add(new Part(Micros.of(begins), part));
    }
    return new Mark(epoch, Micros.of(now.at()), measured, parts);
  }

  private static Amount taken(WindowSpend window) {
    return window.spent().plus(window.held());
  }

  /** At most the limit, but for an account that is beyond it. */
  private static long target(long taken, long asked, long all, OptionalLong limit) {
    long needed = Math.min(Amount.MOST, taken + asked);
    long ahead = Math.min(Amount.MOST, taken + all + step(taken, asked, limit));
    return limit.isPresent() ? Math.max(needed, Math.min(ahead, limit.getAsLong())) : ahead;
  }

  /**
   * A tenth of the limit. Where there is none, nobody is refused for what a loss adds, so it
   * doubles: raises become ever rarer, and none is wanted while the marks' keeper is away.
   */
  private static long step(long taken, long asked, OptionalLong limit) {
    return limit.isPresent()
        ? limit.getAsLong() / STEPS
        : Math.max(UNLIMITED_CALLS * Math.min(asked, Amount.MOST / UNLIMITED_CALLS), taken);
  }

  /** What a hold under this budget carries of it. */
  public Ceiling under(Budget budget) {
    if (budget.window() != measured) {
      return new Ceiling(Amount.ZERO, Amount.ZERO, 0, 1, raised);
    }
    Part part = part(measured);
    Amount ample =
        new Amount(
            ample(part.most.nanoUsd(), budget.nanoUsd()),
            ample(part.most.tokens(), budget.tokens()));
    return Ceiling.of(measured, part.most, ample, Micros.instant(part.start), raised);
  }

  /**
   * Less than half a step below the mark, or a quarter of it where there is no limit; a mark that
   * is at the limit cannot be raised.
   */
  private static long ample(long most, OptionalLong limit) {
    if (limit.isEmpty()) {
      return most - most / 4;
    }
    return most >= limit.getAsLong() ? Amount.MOST : most - limit.getAsLong() / (2 * STEPS);
  }

  /** An upper bound of what was spent and held in the window that a moment is in. */
  public Part at(Window window, Instant now) {
    Instant start = window.start(now);
    long begins = Micros.of(start);
    Part part = part(window);
    if (part.start >= begins) {
      return part;
    }
    Part budgets = part(measured);
    boolean ended =
        measured.end(Micros.instant(budgets.start)).filter(end -> !start.isBefore(end)).isPresent();
    return new Part(begins, ended ? Amount.ZERO : budgets.most);
  }

  private Part part(Window window) {
    return parts.get(Window.ALL.indexOf(window));
  }

  /** Both: of windows that began at the same moment the higher one, else the later. */
  public Mark merged(Mark other) {
    Mark newer = other.raised >= raised ? other : this;
    List<Part> both = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      both.add(higher(parts.get(i), other.parts.get(i)));
    }
    return new Mark(newer.epoch, newer.raised, newer.measured, both);
  }

  private static Part higher(Part one, Part other) {
    if (one.start != other.start) {
      return one.start > other.start ? one : other;
    }
    return new Part(
        one.start,
        new Amount(
            Math.max(one.most.nanoUsd(), other.most.nanoUsd()),
            Math.max(one.most.tokens(), other.most.tokens())));
  }

  /** With more in every window: for what was spent beyond what had been held. */
  public Mark plus(Amount more) {
    return new Mark(
        epoch,
        raised,
        measured,
        parts.stream().map(part -> new Part(part.start, part.most.plus(more))).toList());
  }

  /** The same bound, known to be in force in an account as it is now. */
  public Mark stamped(long nowEpoch, long now) {
    return new Mark(nowEpoch, now, measured, parts);
  }
}
