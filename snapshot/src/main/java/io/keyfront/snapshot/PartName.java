package io.keyfront.snapshot;

import io.keyfront.core.snapshot.CredentialId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a part of a snapshot: {@code base}, {@code credential-} and 16 hexadecimal digits, or
 * {@code tokens-00} to {@code tokens-63}. Fits into a Secret's name.
 */
public final class PartName implements Comparable<PartName> {
  /** The part that every proxy needs before it serves. */
  public static final PartName BASE = new PartName("base", Kind.BASE);

  private static final String CREDENTIAL = "credential-";
  private static final String TOKENS = "tokens-";
  private static final Pattern CREDENTIAL_FORM = Pattern.compile(CREDENTIAL + "[0-9a-f]{16}");
  private static final Pattern TOKENS_FORM = Pattern.compile(TOKENS + "([0-5][0-9]|6[0-3])");

  private final String text;
  private final Kind kind;

  /** What a part holds. */
  public enum Kind {
    /** Providers, aliases, settings and price overrides. */
    BASE("base"),
    /** One credential. */
    CREDENTIAL("credential"),
    /** The policies of some tokens. */
    TOKENS("tokens");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The value of the label {@value SnapshotSecrets#PART_LABEL}. */
    public String label() {
      return label;
    }
  }

  private PartName(String text, Kind kind) {
    this.text = text;
    this.kind = kind;
  }

  /**
   * @throws IllegalArgumentException when it names no part
   */
  public static PartName of(String text) {
    return find(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "This is no part of a snapshot: a part is base, credential-<16 hexadecimal digits> or tokens-00 to tokens-63."));
  }

  /** Absent when the text names no part. */
  public static Optional<PartName> find(String text) {
    if (text.equals(BASE.text)) {
      return Optional.of(BASE);
    }
    if (CREDENTIAL_FORM.matcher(text).matches()) {
      return Optional.of(new PartName(text, Kind.CREDENTIAL));
    }
    return TOKENS_FORM.matcher(text).matches()
        ? Optional.of(new PartName(text, Kind.TOKENS))
        : Optional.empty();
  }

  /** The part of a credential: its name's SHA-256, so that no name can break a Secret's. */
  public static PartName credential(CredentialId id) {
    return new PartName(CREDENTIAL + Sha256.hex(id.toString()).substring(0, 16), Kind.CREDENTIAL);
  }

  /**
   * @param shard 0 to 63
   * @throws IllegalArgumentException when it is anything else
   */
  public static PartName tokens(int shard) {
    if (shard < 0 || shard >= Parts.SHARDS) {
      throw new IllegalArgumentException(
          "There is no shard " + shard + ": there are 0 to " + (Parts.SHARDS - 1) + ".");
    }
    return new PartName("%s%02d".formatted(TOKENS, shard), Kind.TOKENS);
  }

  public Kind kind() {
    return kind;
  }

  /** The number of a shard of tokens; only for names of that kind. */
  int shard() {
    return Integer.parseInt(text.substring(TOKENS.length()));
  }

  @Override
  public int compareTo(PartName other) {
    return text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PartName name && text.equals(name.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
