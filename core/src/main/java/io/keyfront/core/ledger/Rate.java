package io.keyfront.core.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One rate of an account: how far calls have advanced it, and how much of that may be given back.
 * Moments and advances are microseconds, by the account's clock, which never goes back.
 *
 * <p>The arrival time after some takes is the latest of {@code t(j) + a(j) + a(j+1) + … + a(n)}
 * over all of them. Had one of them taken less by {@code c}, only the terms that begin with it or
 * before would be less. So it is then {@code max(arrival - c, later)}, where {@code later} is what
 * the arrival time would be had there only been the takes after its moment (those of the same
 * moment may be thought of in any order): what is given back may not undo what has passed
 * meanwhile. To know that, this keeps some {@link AccountImage.Since}; a take between two of them
 * counts as if it were of the earlier moment, which gives back less, never more.
 *
 * <p>So the arrival time is never before that of the calls' true use, and over any time t no more
 * than {@code limit + limit x t / 60 s} of it passes.
 */
final class Rate {
  /** So many moments are kept at most: beyond, the one that says least is forgotten. */
  static final int MOST = 8;

  private static final long[] NONE = {};

  private long arrival;

  /** A moment, then the arrival time of the takes after it; in the order of the moments. */
  private long[] since = NONE;

  /** In use of it. */
  private int length;

  long arrival() {
    return arrival;
  }

  /** Whether or not there is room. */
  void take(long advance, long now) {
    arrival = Gcra.next(arrival, now, advance);
    if (length > 0 && since[length - 2] == now) {
      length -= 2; // It is remembered again, as it is.
    }
    advance(advance, now);
    remember(now);
  }

  /** Of those that are equal, and so stay it, the first tells most. */
  private void advance(long advance, long now) {
    int kept = 0;
    for (int at = 0; at < length; at += 2) {
      long later = Gcra.next(since[at + 1], now, advance);
      if (kept == 0 || since[kept - 1] != later) {
        since[kept] = since[at];
        since[kept + 1] = later;
        kept += 2;
      }
    }
    length = kept;
  }

  private void remember(long now) {
    if (length + 2 > since.length) {
      since = Arrays.copyOf(since, Math.clamp(2L * since.length, 4, 2 * MOST + 2));
    }
    since[length] = now;
    since[length + 1] = now;
    length += 2;
    if (length > 2 * MOST) {
      forgetOne();
    }
  }

  /** The one nearest to the one before it, neither the first nor the last. */
  private void forgetOne() {
    int least = 2;
    for (int at = 4; at < length - 2; at += 2) {
      if (since[at - 1] - since[at + 1] < since[least - 1] - since[least + 1]) {
        least = at;
      }
    }
    System.arraycopy(since, least + 2, since, least, length - least - 2);
    length -= 2;
  }

  /**
   * Gives back some of what was taken at a moment, as far as it has not passed since.
   *
   * @param advance at most what was taken
   */
  void giveBack(long advance, long taken) {
    int at = length - 2;
    while (at >= 0 && since[at] > taken) {
      at -= 2;
    }
    if (at < 0) {
      return;
    }
    long later = since[at + 1];
    arrival = Math.max(arrival - advance, later);
    for (int before = 0; before < at; before += 2) {
      since[before + 1] = Math.max(since[before + 1] - advance, later);
    }
  }

  AccountImage.Arrivals image() {
    List<AccountImage.Since> image = new ArrayList<>(length / 2);
    for (int at = 0; at < length; at += 2) {
      image.add(new AccountImage.Since(since[at], since[at + 1]));
    }
    return new AccountImage.Arrivals(arrival, image);
  }

  void restore(AccountImage.Arrivals image) {
    arrival = image.arrival();
    length = 2 * image.since().size();
    since = new long[length];
    for (int at = 0; at < length; at += 2) {
      since[at] = image.since().get(at / 2).moment();
      since[at + 1] = image.since().get(at / 2).arrival();
    }
  }
}
