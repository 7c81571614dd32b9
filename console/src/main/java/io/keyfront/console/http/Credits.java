package io.keyfront.console.http;

import io.keyfront.console.desk.TokenName;
import io.keyfront.console.fault.FieldFault;
import io.keyfront.console.fault.LedgerFault;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Refusals;
import io.keyfront.crds.BudgetSpec;
import io.keyfront.crds.Problem;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Takes back what marks charged an account after its ledger lost data. */
record Credits(Ledger ledger) {
  private static final List<String> FIELDS = List.of("usd", "tokens");

  /** Reads {@code usd} and {@code tokens}, at least one of them. */
  static Amount most(byte[] body) {
    JsonFields fields = JsonFields.read(body, FIELDS, List.of());
    BudgetSpec spec =
        new BudgetSpec(
            fields.word("usd", "0.05").orElse(null),
            fields.whole("tokens").orElse(null),
            null,
            null);
    for (Problem problem : spec.problems()) {
      throw new FieldFault.Invalid(
              problem.field(),
              "%s %s: %s.".formatted(problem.field(), problem.problem(), problem.fix()).strip())
          .refused();
    }
    return new Amount(orNothing(spec.budget().nanoUsd()), orNothing(spec.budget().tokens()));
  }

  private static long orNothing(OptionalLong amount) {
    return amount.orElse(0);
  }

  /** Blocks until the ledger has answered. */
  byte[] credit(TokenName token, AccountId account, Amount most) {
    Amount credited;
    try {
      credited =
          ledger
              .credit(account, most)
              .toCompletableFuture()
              .copy()
              .orTimeout(Standings.WITHIN.toMillis(), TimeUnit.MILLISECONDS)
              .join();
    } catch (CompletionException away) {
      throw new LedgerFault.Away().refused();
    }
    return AnswerJson.object(
        out -> {
          out.writeStringField("name", token.toString());
          out.writeObjectFieldStart("credited");
          out.writeStringField("usd", Refusals.usd(credited.nanoUsd()));
          out.writeNumberField("tokens", credited.tokens());
          out.writeEndObject();
        });
  }
}
