package io.keyfront.ledger.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ledger's Lua.
 *
 * @param digest by which Redis knows it once it was loaded: SHA-1, in hexadecimal
 */
record Script(String body, String digest) {
  private static final String FILE = "ledger.lua";
  private static final Pattern NUMBERS =
      Pattern.compile("local ([A-Z_, ]+) = (-?[0-9][-0-9e., ]*)");
  private static final Pattern NAME = Pattern.compile("(?<![.\\w'])[A-Z][A-Z_]*\\b(?!')");

  static Script load() {
    try (InputStream in = Script.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from the program.");
      }
      return of(folded(new String(in.readAllBytes(), UTF_8)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * The script as one server runs it: under a digest of its own, so that another one, or the same
   * after a restart, does not know it. Until version 7 scripts went with the data, to replicas too:
   * there it asks who runs it, which takes Redis some 10 us.
   */
  Script fenced(Inspection server) {
    String asks =
        server.runId().isPresent() && server.scriptsTravel()
            ? "if not string.find(redis.call('INFO', 'server'), 'run_id:%s', 1, true) then return redis.error_reply('NOSCRIPT meant for another server') end\n"
                .formatted(server.runId().get())
            : "";
    return of(asks + body + "\n-- " + server.epoch());
  }

  private static Script of(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
      return new Script(text, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Writes named numbers into the text and leaves out comments: Redis runs the whole text with
   * every call, and every name costs.
   */
  static String folded(String text) {
    Map<String, String> numbers = new HashMap<>();
    StringBuilder kept = new StringBuilder();
    for (String line : text.lines().map(String::strip).toList()) {
      Matcher named = NUMBERS.matcher(line);
      if (named.matches()) {
        List<String> names = List.of(named.group(1).split(", ", -1));
        List<String> values = List.of(named.group(2).split(", ", -1));
        for (int i = 0; i < names.size(); i++) {
          numbers.put(names.get(i), values.get(i));
        }
      } else if (!line.isEmpty() && !line.startsWith("--")) {
        kept.append(line).append('\n');
      }
    }
    return NAME.matcher(kept).replaceAll(name -> numbers.getOrDefault(name.group(), name.group()));
  }
}
