package io.keyfront.crds;

import java.util.regex.Pattern;

/** The forms that names take. Sources: RFC 1123 and the Kubernetes page on object names. */
public final class Names {
  /** Longest name of an object, and longest key of a Secret. */
  public static final int OBJECT_MAX = 253;

  /** Longest name of a namespace or provider. */
  public static final int LABEL_MAX = 63;

  /** Longest model name or glob. */
  public static final int MODEL_MAX = 256;

  /** What an object's name looks like: a DNS-1123 subdomain. */
  public static final Pattern OBJECT =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*+");

  /** What the name of a namespace or provider looks like: a DNS-1123 label. */
  public static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  /** What would be right for {@link #OBJECT}. */
  public static final String OBJECT_FIX =
      "write lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit";

  /** What would be right for {@link #LABEL}. */
  public static final String LABEL_FIX =
      "write lower-case letters, digits and '-', beginning and ending with a letter or digit";

  static final Pattern SECRET_KEY = Pattern.compile("[-._a-zA-Z0-9]+");
  static final String SECRET_KEY_FIX = "write letters, digits, '-', '_' and '.'";

  /**
   * Visible characters: a model's name or glob never holds a blank, of whatever script, or a
   * control character.
   */
  static final Pattern MODEL = Pattern.compile("[^\\s\\p{Z}\\p{C}]+");

  static final String MODEL_FIX = "write a name or glob without blanks, like gpt-* or claude-?-5";

  private Names() {}
}
