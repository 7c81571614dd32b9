package io.keyfront.operator.apply;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for tasks that tell their failures by themselves. */
final class Waiting {
  private Waiting() {}

  static void forEnd(Future<?> task) throws InterruptedException {
    try {
      task.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("A task failed that handles its failures.", failed);
    }
  }
}
