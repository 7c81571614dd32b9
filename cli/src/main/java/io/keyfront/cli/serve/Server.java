package io.keyfront.cli.serve;

import java.time.Duration;

/** A server that runs until it is told to end. */
interface Server extends AutoCloseable {
  /** What a person needs to know of it now that it runs. */
  String page(Duration readyAfter);

  /** Calls of agents that are under way. */
  int activeCalls();

  /** Takes no new calls, and waits for those under way as long as the options say. */
  void drain();

  @Override
  void close();
}
