package io.keyfront.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.bound.BodyMeasure;
import io.keyfront.protocols.bound.Bounds;
import io.keyfront.protocols.bound.ModelLimits;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the bound of a large body costs: 115,000 bytes shaped like Claude Code's (24 tools, a long
 * system prompt), scanned once and bounded, on one thread, in time of the processor.
 */
public final class ScanBench {
  private static final int BYTES = 115_000;
  private static final int ROUND = 500;
  private static final int ROUNDS = 30;
  private static final String SENTENCES =
      """
      Read the file before you edit it, and keep the style of the lines around it.\\n\
      Use the tool only when the answer is not in the conversation \\"already\\".\\n\
        - run the narrowest test first: `mvn -pl core test -Dtest=ScopeTest`\\n\
      When a command fails, say which one, what it printed and what you tried.\\n\
      """;
  private static final ModelLimits LIMITS =
      new ModelLimits(OptionalLong.of(200_000), OptionalLong.of(64_000), 1_600);

  private ScanBench() {}

  /** Prints a line for each round, and the best. */
  public static void main(String[] arguments) {
    byte[] body = body();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().threadId();
    long best = Long.MAX_VALUE;
    long bytes = 0;
    long tokens = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      long start = threads.getCurrentThreadCpuTime();
      for (int call = 0; call < ROUND; call++) {
        var asked = BodyMeasure.measure(Protocol.ANTHROPIC_MESSAGES, body).asked();
        tokens = Bounds.of(asked, LIMITS).inputTokens();
      }
      long took = (threads.getCurrentThreadCpuTime() - start) / ROUND;
      bytes = (threads.getThreadAllocatedBytes(thread) - before) / ROUND;
      best = Math.min(best, took);
    }
    System.out.printf(
        "bound of %d bytes (%d tokens): best %.1f us, last %d B allocated%n",
        body.length, tokens, best / 1e3, bytes);
  }

  private static byte[] body() {
    String tools =
        IntStream.range(0, 24).mapToObj(ScanBench::tool).collect(Collectors.joining(","));
    String head =
        "{\"model\":\"claude-sonnet-4-5\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Fix the build.\"}]}],\"system\":[{\"type\":\"text\",\"text\":\"";
    String tail = "\"}],\"tools\":[" + tools + "],\"max_tokens\":32000,\"stream\":true}";
    return (head + text(BYTES - head.length() - tail.length()) + tail).getBytes(UTF_8);
  }

  private static String tool(int number) {
    return """
    {"name":"Tool%02d","description":"%s","input_schema":{"type":"object","properties":\
    {"path":{"type":"string"},"limit":{"type":"number","minimum":1}},"required":["path"]}}\
    """
        .formatted(number, text(3_000));
  }

  /** So long, without cutting an escape in two. */
  private static String text(int length) {
    int whole = length / SENTENCES.length();
    return SENTENCES.repeat(whole) + ".".repeat(length - whole * SENTENCES.length());
  }
}
