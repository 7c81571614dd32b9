package io.keyfront.dataplane.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.core.ledger.Refusals;
import io.keyfront.core.ledger.Shortage.Measure;
import io.keyfront.core.notice.BudgetOwner;
import io.keyfront.core.notice.BudgetState;
import io.keyfront.core.notice.Notice;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The bodies that webhooks are sent; docs/webhooks.md says what is in them. */
final class NoticeJson {
  private static final JsonMapper JSON = new JsonMapper();

  private NoticeJson() {}

  static byte[] of(String id, Notice notice) {
    ObjectNode body = JSON.createObjectNode();
    body.put("id", id);
    body.put("type", notice.type().label());
    body.put("timestamp", notice.at().toString());
    data(body.putObject("data"), notice);
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A tree of texts and numbers is JSON.", impossible);
    }
  }

  private static void data(ObjectNode data, Notice notice) {
    switch (notice) {
      case Notice.BudgetThreshold(BudgetState state, int threshold) ->
          budget(data, state).put("threshold", threshold);
      case Notice.BudgetExhausted(BudgetState state) -> budget(data, state);
      case Notice.TokenMinted minted -> {
        ObjectNode token = named(data.putObject("token"), minted.namespace(), minted.name());
        minted.scopes().forEach(token.putArray("scopes")::add);
        nullable(token, "expiresAt", minted.expiresAt());
      }
      case Notice.TokenRevoked revoked ->
          named(data.putObject("token"), revoked.namespace(), revoked.name());
      case Notice.Test test -> data.put("message", "This webhook works.");
    }
  }

  private static ObjectNode named(ObjectNode owner, String namespace, String name) {
    return owner.put("namespace", namespace).put("name", name);
  }

  private static ObjectNode budget(ObjectNode data, BudgetState state) {
    owner(data, state.owner());
    ObjectNode budget = data.putObject("budget");
    budget.put("unit", state.measure() == Measure.NANO_USD ? "usd" : "tokens");
    String window = state.window().name();
    budget.put("window", window.charAt(0) + window.substring(1).toLowerCase(Locale.ROOT));
    nullable(budget, "windowEnds", state.windowEnds());
    amount(budget, "limit", state.measure(), state.limit());
    amount(budget, "spent", state.measure(), state.spent());
    amount(budget, "reserved", state.measure(), state.held());
    amount(budget, "remaining", state.measure(), state.remaining());
    budget.put("percent", state.percent());
    return budget;
  }

  private static void owner(ObjectNode data, BudgetOwner owner) {
    switch (owner.account().kind()) {
      case TOKEN -> {
        if (owner.account().isSession()) {
          session(data.putObject("session"), owner);
        } else {
          named(data.putObject("token"), owner.namespace(), owner.name());
        }
      }
      case CREDENTIAL -> named(data.putObject("credential"), owner.namespace(), owner.name());
      case PROVIDER -> data.putObject("provider").put("name", owner.name());
      case EVERYTHING -> throw new IllegalArgumentException("The sum of all has no budget.");
    }
  }

  private static void session(ObjectNode session, BudgetOwner owner) {
    String account = owner.account().id();
    session.put("namespace", owner.namespace());
    session.put("issuer", account.substring(0, account.indexOf('/')));
    session.put("subject", owner.name());
  }

  /** USD are decimal texts: no double of a receiver may touch them. */
  private static void amount(ObjectNode budget, String field, Measure measure, long amount) {
    switch (measure) {
      case NANO_USD -> budget.put(field, Refusals.usd(amount));
      case TOKENS -> budget.put(field, amount);
    }
  }

  private static void nullable(ObjectNode object, String field, Optional<Instant> moment) {
    object.put(field, moment.map(Instant::toString).orElse(null));
  }
}
