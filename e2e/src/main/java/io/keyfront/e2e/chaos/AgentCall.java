package io.keyfront.e2e.chaos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One call that an agent makes.
 *
 * @param request all of its bytes
 * @param sent how many of them it sends before it hangs up, or all
 * @param read after so many bytes of the answer it hangs up; {@link #TO_THE_END} for never
 * @param patienceMillis silence after which it hangs up
 * @param reset whether it hangs up by a reset
 */
// The bytes are sent, calls are never compared with each other.
@SuppressWarnings("ArrayRecordComponent")
record AgentCall(
    Purse purse, byte[] request, int sent, long read, int patienceMillis, boolean reset) {
  static final long TO_THE_END = Long.MAX_VALUE;

  /** An answer's length where no call says another; also what the settings call maxOutput. */
  static final int MOST_WORDS = 600;

  private static final int PATIENCE = 20_000;
  private static final int IMPATIENCE = 1_200;

  private static final List<String> FAULTS =
      List.of(
          "resetBeforeHeaders",
          "resetAfterHeaders",
          "resetAfterEvents=%d",
          "resetAfterEvents=%d",
          "errorInside200=0",
          "errorInside200=%d",
          "cleanEndAfterEvents=%d",
          "noUsage",
          "badJson",
          "wrongContentLength",
          "status=500",
          "status=503",
          "status=429/1",
          "gzip",
          "stallBeforeHeaders",
          "stallAfterEvents=%d");

  /** The ways to ask. */
  private enum Style {
    CHAT("/v1/chat/completions", "max_tokens", "messages"),
    RESPONSES("/v1/responses", "max_output_tokens", "input"),
    MESSAGES("/v1/messages", "max_tokens", "messages");

    private final String path;
    private final String limit;
    private final String prompt;

    Style(String path, String limit, String prompt) {
      this.path = path;
      this.limit = limit;
      this.prompt = prompt;
    }
  }

  /** Whether the provider was asked to fall silent. */
  boolean isStalled() {
    return patienceMillis < PATIENCE;
  }

  static AgentCall draw(Random random) {
    Purse purse = purse(random);
    if (purse.name().equals(Cast.CAPPED)) {
      return held(purse, random);
    }
    return purse.calm() ? calm(purse, random) : wild(purse, random);
  }

  private static Purse purse(Random random) {
    int all = Cast.PURSES.stream().mapToInt(Purse::share).sum();
    int point = random.nextInt(all);
    for (Purse purse : Cast.PURSES) {
      point -= purse.share();
      if (point < 0) {
        return purse;
      }
    }
    throw new IllegalStateException("The shares do not sum up.");
  }

  /** A stream that takes ten seconds or more, which the agent leaves long before. */
  private static AgentCall held(Purse purse, Random random) {
    Question question = new Question(true, 80, 400, 400);
    byte[] request = request(purse, Style.CHAT, question, "slowDrip=40", random);
    return new AgentCall(
        purse, request, request.length, 200 + random.nextInt(6_000), PATIENCE, true);
  }

  /** Uses nearly all that is held for it, so that a budget is full when it is spent. */
  private static AgentCall calm(Purse purse, Random random) {
    Style style = style(purse, random);
    boolean stream = random.nextInt(10) < 6;
    int words = 100 + random.nextInt(300);
    Question question = new Question(stream, 20 + random.nextInt(60), words, words + 10);
    byte[] request = request(purse, style, question, "none" + pace(stream, random), random);
    return new AgentCall(purse, request, request.length, TO_THE_END, PATIENCE, false);
  }

  private static AgentCall wild(Purse purse, Random random) {
    Style style = style(purse, random);
    boolean stream = random.nextInt(10) < 6;
    int words = 1 + random.nextInt(random.nextInt(10) == 0 ? MOST_WORDS : 120);
    int most = Math.max(16, words + random.nextInt(300) - 60);
    Question question = new Question(stream, 80 + random.nextInt(600), words, most);
    String fault = fault(random, words);
    byte[] request = request(purse, style, question, fault + pace(stream, random), random);
    boolean leaves = random.nextInt(10) < 3;
    boolean midway = leaves && random.nextInt(12) == 0;
    return new AgentCall(
        purse,
        request,
        midway ? random.nextInt(request.length) : request.length,
        leaves ? leaving(random) : TO_THE_END,
        fault.startsWith("stall") ? 200 + random.nextInt(IMPATIENCE) : PATIENCE,
        random.nextBoolean());
  }

  private static Style style(Purse purse, Random random) {
    return Style.values()[random.nextInt(Cast.isShared(purse) ? 2 : 3)];
  }

  private static long leaving(Random random) {
    return random.nextInt(1 + random.nextInt(random.nextBoolean() ? 600 : 12_000));
  }

  private static String fault(Random random, int words) {
    return random.nextInt(10) < 3
        ? FAULTS.get(random.nextInt(FAULTS.size())).formatted(1 + random.nextInt(words + 4))
        : "none";
  }

  /** Half the answers come slowly; one of forty takes longer than a lease. */
  private static String pace(boolean stream, Random random) {
    if (random.nextInt(40) == 0) {
      return stream ? ";slowDrip=150" : ";slowDrip=8000";
    }
    return random.nextBoolean() ? "" : ";slowDrip=" + (stream ? 1 + random.nextInt(10) : 400);
  }

  /**
   * What is asked.
   *
   * @param filler characters of the prompt that say nothing
   * @param words how long the answer is to be
   * @param most how long the request allows it to be
   */
  private record Question(boolean stream, int filler, int words, int most) {
    String prompt(Style style, Random random) {
      List<String> wishes = new ArrayList<>(List.of("x".repeat(filler), "len=" + words));
      if (random.nextInt(5) == 0) {
        wishes.add("reason=" + random.nextInt(30));
      }
      if (random.nextInt(3) == 0) {
        int each = random.nextInt(filler / 8);
        wishes.add("cache=" + (style == Style.MESSAGES ? each + "/" + each + "/" : "") + each);
      }
      return String.join(" ", wishes);
    }
  }

  private static String body(Style style, Purse purse, Question asked, Random random) {
    boolean limited = style == Style.MESSAGES || random.nextInt(8) > 0;
    String limit = limited ? ",\"%s\":%d".formatted(style.limit, asked.most()) : "";
    return "{\"model\":\"%s-model-%s\",\"stream\":%s%s,\"%s\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(
            purse.name(), style, asked.stream(), limit, style.prompt, asked.prompt(style, random));
  }

  private static byte[] request(
      Purse purse, Style style, Question asked, String faults, Random random) {
    String body = body(style, purse, asked, random);
    String provider = purse.provider().orElse(style == Style.MESSAGES ? Cast.CLAUDE : Cast.OPEN);
    return """
        POST /%s%s HTTP/1.1\r
        host: keyfront\r
        authorization: Bearer %s\r
        content-type: application/json\r
        x-fake-fault: %s\r
        connection: close\r
        content-length: %d\r
        \r
        %s"""
        .formatted(provider, style.path, purse.token(), faults, body.length(), body)
        .getBytes(US_ASCII);
  }
}
