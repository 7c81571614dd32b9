package io.keyfront.protocols.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Splits a request target into decoded segments. Empty segments are dropped, so that doubled and
 * trailing slashes mean nothing.
 *
 * <p>Strict where an upstream could read the same bytes in another way: a dot segment in any
 * spelling, an escape of an escape, a control character or a backslash never gets through (RFC
 * 3986, 2.4 and 6.2.2.3).
 */
final class PathSegments {
  /** Longest target that is read, in characters. */
  static final int MAX_TARGET_LENGTH = 8192;

  private PathSegments() {}

  /**
   * Reads origin-form and absolute-form; a query, where there is one, is ignored.
   *
   * @return the segments, none of them empty; one that was escaped may hold slashes
   */
  static List<String> read(String target) throws UnreadablePath {
    if (target.length() > MAX_TARGET_LENGTH) {
      throw new UnreadablePath(
          "The path is longer than " + MAX_TARGET_LENGTH + " characters: send a shorter one.");
    }
    int start = pathStart(target);
    int query = target.indexOf('?', start);
    int end = query < 0 ? target.length() : query;
    if (start < end && target.charAt(start) != '/') {
      throw new UnreadablePath("The path does not begin with a slash: put one in front.");
    }
    return split(target, start, end);
  }

  /** Whether one of the parts between slashes is a dot segment or empty. */
  static boolean hasDotOrEmptySegment(String text) {
    int from = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || text.charAt(at) == '/') {
        int length = at - from;
        boolean dots =
            (length == 1 || length == 2) && text.charAt(from) == '.' && text.charAt(at - 1) == '.';
        if (length == 0 || dots) {
          return true;
        }
        from = at + 1;
      }
    }
    return false;
  }

  private static int pathStart(String target) {
    int at;
    if (target.regionMatches(true, 0, "http://", 0, 7)) {
      at = 7;
    } else if (target.regionMatches(true, 0, "https://", 0, 8)) {
      at = 8;
    } else {
      return 0;
    }
    while (at < target.length() && target.charAt(at) != '/' && target.charAt(at) != '?') {
      at++;
    }
    return at;
  }

  private static List<String> split(String target, int start, int end) throws UnreadablePath {
    List<String> names = new ArrayList<>(8);
    int from = start;
    for (int at = start; at <= end; at++) {
      if (at == end || target.charAt(at) == '/') {
        if (at > from) {
          names.add(segment(target.substring(from, at)));
        }
        from = at + 1;
      }
    }
    return names;
  }

  private static String segment(String raw) throws UnreadablePath {
    boolean escaped = false;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '\\' || c == '#') {
        throw new UnreadablePath(
            "The path holds a character that must be percent-escaped there: escape everything"
                + " that is no letter, digit or legal sign.");
      }
      escaped |= c == '%';
    }
    String name = escaped ? unescaped(raw) : raw;
    if (hasDotOrEmptySegment(name)) {
      throw new UnreadablePath("The path holds a dot segment: send it resolved.");
    }
    return name;
  }

  private static String unescaped(String raw) throws UnreadablePath {
    ByteBuffer bytes = ByteBuffer.allocate(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.put(escapedByte(raw, i));
        i += 2;
      } else {
        bytes.put((byte) c);
      }
    }
    try {
      return checked(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException e) {
      throw new UnreadablePath("The path's percent-escapes are no UTF-8.");
    }
  }

  private static byte escapedByte(String raw, int at) throws UnreadablePath {
    if (at + 2 >= raw.length()
        || !HexFormat.isHexDigit(raw.charAt(at + 1))
        || !HexFormat.isHexDigit(raw.charAt(at + 2))) {
      throw new UnreadablePath("The path holds a '%' without two hexadecimal digits behind it.");
    }
    return (byte) HexFormat.fromHexDigits(raw, at + 1, at + 3);
  }

  private static String checked(String name) throws UnreadablePath {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isISOControl(c) || c == '\\') {
        throw new UnreadablePath("The path holds an escaped control character or backslash.");
      }
      if (c == '%') {
        throw new UnreadablePath("The path is percent-escaped twice: escape it once.");
      }
    }
    return name;
  }
}
