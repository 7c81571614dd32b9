package io.keyfront.dataplane;

import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Netty's leak detector for the tests' JVM ({@code io.netty.customResourceLeakDetector}): remembers
 * what it finds, so that a test can fail on it instead of a log line nobody reads.
 */
public final class LeakCounter<T> extends ResourceLeakDetector<T> {
  private static final List<String> LEAKS = new CopyOnWriteArrayList<>();

  public LeakCounter(Class<?> resourceType, int samplingInterval) {
    super(resourceType, samplingInterval);
  }

  static List<String> leaks() {
    return LEAKS;
  }

  @Override
  protected boolean needReport() {
    return true;
  }

  @Override
  protected void reportTracedLeak(String resourceType, String records) {
    LEAKS.add(resourceType + records);
  }

  @Override
  protected void reportUntracedLeak(String resourceType) {
    LEAKS.add(resourceType);
  }
}
