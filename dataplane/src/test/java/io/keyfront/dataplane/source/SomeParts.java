package io.keyfront.dataplane.source;

import io.keyfront.core.ledger.Limits;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.snapshot.Settings;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import io.keyfront.snapshot.Part;
import io.keyfront.snapshot.PartCodec;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parts for tests: a base, and shards of one token each. */
final class SomeParts {
  private SomeParts() {}

  static Part base(int hops) {
    return new Part.Base(
        ProviderCatalog.builtIn(), List.of(), Settings.DEFAULT.withTrustedHops(hops));
  }

  /** The shard of one token. */
  static Part token(String plaintext, boolean revoked) {
    String account = "uid-of-" + plaintext;
    Identity identity =
        new Identity(
            account,
            "team-a",
            "ci",
            TokenFormat.OPAQUE,
            Scope.ALL,
            Optional.empty(),
            CidrSet.ANY,
            Limits.NONE,
            Optional.empty());
    return new Part.Tokens(
        Parts.shardOf(account),
        Map.of(TokenHash.of(plaintext), new TokenPolicy(identity, revoked)));
  }

  /** {@code good}, {@code revoked}, or {@code unknown}. */
  static String standing(Snapshot snapshot, String plaintext) {
    return snapshot
        .token(TokenHash.of(plaintext))
        .map(policy -> policy.revoked() ? "revoked" : "good")
        .orElse("unknown");
  }

  static void tell(LiveSnapshot live, Part part, long sequence) {
    live.published(part.name(), sequence, PartCodec.encode(part));
  }

  /** Writes a part into a folder as a mounted Secret with items gives it. */
  static void store(Path folder, Part part, long sequence) throws IOException {
    store(folder, part.name(), sequence, PartCodec.encode(part));
  }

  static void store(Path folder, PartName name, long sequence, byte[] bytes) throws IOException {
    Path entry = Files.createDirectories(folder.resolve(name.toString()));
    Files.write(entry.resolve(PartFiles.PART), bytes);
    Files.writeString(entry.resolve(PartFiles.SEQUENCE), sequence + "\n");
  }
}
