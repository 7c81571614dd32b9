package io.keyfront.cli.serve;

import io.keyfront.compiler.TokenPlan;
import io.keyfront.compiler.finding.Source;
import io.keyfront.console.desk.Origin;
import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.TokenRecord;
import io.keyfront.console.desk.TokenSpec;
import io.keyfront.console.desk.Validity;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.token.TokenHash;
import io.keyfront.core.token.TokenMint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows compiled tokens that files or the defaults declare the way the admin API shows tokens. */
final class DeclaredTokens {
  private DeclaredTokens() {}

  /**
   * @param plans every token in use
   * @param plaintexts those that have one made for them
   */
  static List<TokenRecord> records(
      List<TokenPlan> plans, Map<TokenName, SecretText> plaintexts, Instant now) {
    return plans.stream()
        .filter(plan -> plan.source().isPresent() || isDemo(plan))
        .map(plan -> record(plan, plaintexts, now))
        .toList();
  }

  private static boolean isDemo(TokenPlan plan) {
    return StandaloneDefaults.DEMO.equals(name(plan));
  }

  private static TokenName name(TokenPlan plan) {
    return new TokenName(plan.namespace(), plan.name());
  }

  private static TokenRecord record(
      TokenPlan plan, Map<TokenName, SecretText> plaintexts, Instant now) {
    TokenName name = name(plan);
    Instant createdAt = plan.createdAt().orElse(now);
    Optional<Validity> validity =
        plan.expiresAt().map(end -> new Validity(end, Duration.between(createdAt, end)));
    return new TokenRecord(
        name,
        plan.uid(),
        plan.format(),
        Optional.ofNullable(plaintexts.get(name)).map(TokenMint::masked),
        plan.hashes().stream().findFirst().map(TokenHash::prefix),
        new TokenSpec(
            plan.scope(), plan.cidrs(), plan.note().orElse(""), plan.labels(), plan.limits()),
        plan.revoked(),
        createdAt,
        validity,
        origin(plan.source()));
  }

  private static Origin origin(Optional<Source> source) {
    return source
        .<Origin>map(place -> new Origin.File(place.toString()))
        .orElseGet(Origin.Demo::new);
  }
}
