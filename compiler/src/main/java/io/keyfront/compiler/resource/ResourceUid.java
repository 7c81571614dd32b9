package io.keyfront.compiler.resource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * UIDs of resources that no API server has given one: name-based (RFC 9562, version 5), so that
 * servers that share resources agree, and a restart keeps every account.
 */
public final class ResourceUid {
  /** The name space of Keyfront's resources. It must never change: accounts are named by it. */
  private static final UUID KEYFRONT = UUID.fromString("c16a21c5-bb0e-46cc-af2b-14d0c9e2ce76");

  private ResourceUid() {}

  /** The UID of a MachineToken is that of {@code namespace/name}; other kinds stand before it. */
  public static String of(Kind kind, String namespace, String name) {
    String local = namespace + "/" + name;
    return version5(kind == Kind.MACHINE_TOKEN ? local : kind.id() + "/" + local).toString();
  }

  private static UUID version5(String name) {
    byte[] space =
        ByteBuffer.allocate(16)
            .putLong(KEYFRONT.getMostSignificantBits())
            .putLong(KEYFRONT.getLeastSignificantBits())
            .array();
    MessageDigest sha1 = sha1();
    sha1.update(space);
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java runtime has SHA-1.", impossible);
    }
  }
}
