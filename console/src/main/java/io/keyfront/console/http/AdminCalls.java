package io.keyfront.console.http;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.console.desk.MintedToken;
import io.keyfront.console.desk.ServerInfo;
import io.keyfront.console.desk.TokenDesk;
import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.TokenRecord;
import io.keyfront.console.desk.WebhookTest;
import io.keyfront.console.fault.AdminRefused;
import io.keyfront.console.fault.CallFault;
import io.keyfront.console.fault.TokenFault;
import io.keyfront.console.http.AnswerJson.Used;
import io.keyfront.console.http.Spenders.Spender;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.snapshot.Snapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Does what an admin call asks. Blocks its thread while tokens are stored and the ledger is asked,
 * so it runs on a worker.
 *
 * @param snapshot the configuration in force
 * @param findings what is wrong with it
 * @param webhooks sends a test event to the one of a name, if there is one, and waits
 */
public record AdminCalls(
    TokenDesk desk,
    Ledger ledger,
    Supplier<Snapshot> snapshot,
    Supplier<List<Finding>> findings,
    Supplier<ServerInfo> info,
    Function<String, Optional<WebhookTest>> webhooks,
    InstantSource clock) {
  /**
   * @throws AdminRefused when the desk or a field's reader refuses
   */
  Answer answer(AdminRoute route, byte[] body) {
    Instant now = clock.instant();
    return switch (route) {
      case AdminRoute.ListTokens list -> Answer.of(200, page(list, now));
      case AdminRoute.CreateToken() -> Answer.of(201, created(body, now));
      case AdminRoute.ShowToken(TokenName token) -> token(existing(token), now);
      case AdminRoute.EditToken(TokenName token) ->
          token(desk.edit(token, TokenRequests.patch(body, now)), now);
      case AdminRoute.RevokeToken(TokenName token) -> token(desk.revoke(token), now);
      case AdminRoute.CloneToken(TokenName token) -> Answer.of(201, cloned(token, body, now));
      case AdminRoute.RevealToken(TokenName token) ->
          Answer.of(200, AnswerJson.revealed(token, desk.reveal(token)));
      case AdminRoute.CreditToken(TokenName token) -> Answer.of(200, credited(token, body));
      case AdminRoute.RevokeExpired() -> Answer.of(200, AnswerJson.revoked(desk.revokeExpired()));
      case AdminRoute.ShowUsage asked -> Answer.of(200, usage(asked));
      case AdminRoute.TestWebhook(String webhook) -> Answer.of(200, tested(webhook));
      case AdminRoute.ListFindings() -> Answer.of(200, AnswerJson.findings(findings.get()));
      case AdminRoute.ShowInfo() -> Answer.of(200, AnswerJson.info(info.get()));
    };
  }

  private byte[] tested(String webhook) {
    return webhooks
        .apply(webhook)
        .map(AnswerJson::tested)
        .orElseThrow(() -> new CallFault.UnknownWebhook().refused());
  }

  private byte[] created(byte[] body, Instant now) {
    TokenRequests.Create wanted = TokenRequests.create(body, now);
    return minted(desk.create(wanted.name(), wanted.spec(), wanted.expiry()), now);
  }

  private byte[] cloned(TokenName source, byte[] body, Instant now) {
    TokenName copy = TokenRequests.cloneName(body, source.namespace());
    return minted(desk.copy(source, copy), now);
  }

  private byte[] minted(MintedToken minted, Instant now) {
    Used used = used(List.of(minted.token())).getFirst();
    return AnswerJson.minted(used, minted.plaintext(), now);
  }

  private byte[] credited(TokenName name, byte[] body) {
    Amount most = Credits.most(body);
    AccountId account = AccountId.token(existing(name).account());
    return new Credits(ledger).credit(name, account, most);
  }

  private TokenRecord existing(TokenName name) {
    return desk.find(name).orElseThrow(() -> new TokenFault.UnknownToken(name).refused());
  }

  private Answer token(TokenRecord token, Instant now) {
    return Answer.of(200, AnswerJson.token(used(List.of(token)).getFirst(), now));
  }

  private byte[] page(AdminRoute.ListTokens list, Instant now) {
    List<TokenRecord> found = found(list).limit(list.limit() + 1L).toList();
    boolean more = found.size() > list.limit();
    List<TokenRecord> page = more ? found.subList(0, list.limit()) : found;
    Optional<TokenName> next = more ? Optional.of(page.getLast().name()) : Optional.empty();
    return AnswerJson.tokens(used(page), next, now);
  }

  private Stream<TokenRecord> found(AdminRoute.ListTokens list) {
    return desk.list().stream()
        .filter(token -> list.after().stream().allMatch(last -> token.name().compareTo(last) > 0))
        .filter(token -> list.search().stream().allMatch(token::matches));
  }

  private List<Used> used(List<TokenRecord> tokens) {
    List<AccountId> accounts =
        tokens.stream().map(token -> AccountId.token(token.account())).toList();
    List<Optional<Standing>> known = new Standings(ledger).of(accounts);
    return IntStream.range(0, tokens.size())
        .mapToObj(i -> new Used(tokens.get(i), known.get(i)))
        .toList();
  }

  private byte[] usage(AdminRoute.ShowUsage asked) {
    List<Spender> found =
        new Spenders(desk, snapshot)
            .after(asked.by(), asked.after())
            .limit(asked.limit() + 1L)
            .toList();
    boolean more = found.size() > asked.limit();
    List<Spender> page = more ? found.subList(0, asked.limit()) : found;
    List<AccountId> accounts =
        Stream.concat(page.stream().map(Spender::account), Stream.of(AccountId.EVERYTHING))
            .toList();
    List<Optional<Standing>> known = new Standings(ledger).of(accounts);
    Optional<String> next = more ? Optional.of(page.getLast().name()) : Optional.empty();
    return UsageJson.page(asked.by(), page, known, next);
  }
}
