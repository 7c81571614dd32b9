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
      byte[] body = folded(new String(in.readAllBytes(), UTF_8)).getBytes(UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(body);
      return new Script(new String(body, UTF_8), HexFormat.of().formatHex(digest));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
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
