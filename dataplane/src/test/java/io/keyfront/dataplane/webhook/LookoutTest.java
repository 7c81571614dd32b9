package io.keyfront.dataplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.ForwardingLedger;
import io.keyfront.core.ledger.Standing;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class LookoutTest extends WebhookProxies {
  private static final AccountId AGENT = AccountId.token("uid-agent");

  private final Touched touched = new Touched();

  /** The ledger, which answers before the budget's last call is charged, and the next refused. */
  private final class Overtaken extends ForwardingLedger {
    private boolean once;

    Overtaken() {
      super(ledger);
    }

    @Override
    public CompletionStage<Standing> standing(AccountId account) {
      Standing before = super.standing(account).toCompletableFuture().join();
      if (account.equals(AGENT) && !once) {
        once = true;
        spend(ledger, "agent", 1_000);
        touched.refused(AGENT);
      }
      return CompletableFuture.completedFuture(before);
    }
  }

  @Test
  void aRefusalThatOvertakesALookIsSeenByTheNext() {
    Lookout lookout = new Lookout(new Overtaken(), touched);

    List<Lookout.Sighting> first = lookout.look(snapshot);
    List<Lookout.Sighting> second = lookout.look(snapshot);

    assertThat(ofAgent(first)).allMatch(seen -> !seen.state().isExhausted());
    assertThat(ofAgent(second)).anyMatch(seen -> seen.refused() && seen.state().isExhausted());
  }

  private static List<Lookout.Sighting> ofAgent(List<Lookout.Sighting> seen) {
    return seen.stream().filter(each -> each.state().owner().account().equals(AGENT)).toList();
  }
}
