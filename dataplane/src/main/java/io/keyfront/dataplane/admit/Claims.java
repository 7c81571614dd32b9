package io.keyfront.dataplane.admit;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.token.Identity;
import io.keyfront.dataplane.authorize.Candidate;
import io.keyfront.dataplane.authorize.Permitted;
import java.util.List;

/** The accounts that a call touches: the token's first, then its candidate's. */
final class Claims {
  private Claims() {}

  static List<Claim> of(Permitted permitted, Candidate candidate) {
    Identity identity = permitted.targeted().routed().identified().identity();
    Claim token = new Claim(AccountId.token(identity.account()), identity.limits());
    Provider asked = permitted.targeted().provider();
    Claim provider = new Claim(AccountId.provider(asked.name()), asked.limits());
    return switch (candidate) {
      case Candidate.Mock mock -> List.of(token, provider);
      case Candidate.Keyed keyed ->
          List.of(
              token,
              new Claim(
                  AccountId.credential(keyed.credential().id().toString()),
                  keyed.credential().limits()),
              provider);
    };
  }
}
