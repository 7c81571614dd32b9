package io.keyfront.dataplane.mock;

import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;

public final class MockAnswers {
  private MockAnswers() {}

  public static MockAnswer answer(
      Protocol protocol,
      Operation operation,
      String model,
      boolean stream,
      boolean sse,
      byte[] body) {
    throw new UnsupportedOperationException();
  }
}
