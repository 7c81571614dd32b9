package io.keyfront.console.http;

import io.keyfront.console.desk.TokenName;
import java.util.Optional;

/** What an admin call asks for, as its method, path and query say. */
sealed interface AdminRoute {
  /** Routes whose call brings a JSON object. */
  sealed interface WithBody extends AdminRoute {}

  /**
   * @param search words to look for; empty lists all
   * @param limit 1 to {@link AdminRoutes#PAGE_LIMIT}
   * @param after the last name of the page before
   */
  record ListTokens(Optional<String> search, int limit, Optional<TokenName> after)
      implements AdminRoute {}

  record CreateToken() implements WithBody {}

  record ShowToken(TokenName token) implements AdminRoute {}

  record EditToken(TokenName token) implements WithBody {}

  record RevokeToken(TokenName token) implements AdminRoute {}

  record CloneToken(TokenName token) implements WithBody {}

  /** Takes back what marks charged. */
  record CreditToken(TokenName token) implements WithBody {}

  record RevealToken(TokenName token) implements AdminRoute {}

  record RevokeExpired() implements AdminRoute {}

  /**
   * @param limit 1 to {@link AdminRoutes#PAGE_LIMIT}
   * @param after the last name of the page before
   */
  record ShowUsage(Spenders.By by, int limit, Optional<String> after) implements AdminRoute {}

  record TestWebhook(String name) implements AdminRoute {}

  record ListFindings() implements AdminRoute {}

  record ShowInfo() implements AdminRoute {}
}
