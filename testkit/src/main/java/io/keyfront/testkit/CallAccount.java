package io.keyfront.testkit;

import io.keyfront.testkit.speech.Said;
import io.keyfront.testkit.speech.Tokens;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes what one exchange does to the bill and the counters. */
record CallAccount(
    Bill bill,
    long call,
    Said said,
    AtomicInteger openStreams,
    AtomicInteger abortedStreams,
    int piecesAhead,
    Queue<Runnable> waiting)
    implements Exchange.Account {

  @Override
  public void begun() {
    if (said.isBilled()) {
      bill.open(call, said);
    }
  }

  @Override
  public void owes(Tokens tokens) {
    bill.owe(call, said, tokens);
  }

  @Override
  public void held(Runnable goingOn) {
    waiting.add(goingOn);
  }

  @Override
  public void completed() {
    bill.complete(call);
  }

  @Override
  public void aborted() {
    abortedStreams.incrementAndGet();
  }

  @Override
  public void over() {
    openStreams.decrementAndGet();
  }
}
