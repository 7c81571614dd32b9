package io.keyfront.dataplane.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keyfront.core.notice.Notice;
import io.keyfront.core.notice.Webhook;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** One notice on its way to one webhook. Its state is the outbox's, under its lock. */
final class Delivery {
  private static final int ID_BYTES = 16;

  final Webhook webhook;
  final Notice notice;

  /** Names the pair, in the store and among proxies. */
  final String key;

  /** Names the notice for receivers; the same from every proxy, however often it is sent. */
  final String id;

  final Instant since;
  Instant next;
  int failures;
  boolean running;

  /** Whether the receiver has taken it, so that only the mark is missing. */
  volatile boolean sent;

  Delivery(Webhook webhook, Notice notice, Instant now) {
    this.webhook = webhook;
    this.notice = notice;
    this.key = key(webhook, notice);
    this.id = id(notice);
    this.since = now;
    this.next = now;
  }

  static String key(Webhook webhook, Notice notice) {
    return hashed(webhook.name() + "\n" + notice.key());
  }

  static String id(Notice notice) {
    return "msg_" + hashed(notice.key());
  }

  private static String hashed(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", impossible);
    }
  }
}
