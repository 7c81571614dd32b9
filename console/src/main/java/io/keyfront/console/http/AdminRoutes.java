package io.keyfront.console.http;

import io.keyfront.console.desk.TokenName;
import io.keyfront.console.fault.AdminRefused;
import io.keyfront.console.fault.CallFault;
import io.keyfront.console.fault.FieldFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads method, path and query of an admin call. */
final class AdminRoutes {
  /** Where the admin API begins. */
  static final String PREFIX = "/admin/v1/";

  /** The most rows on one page of a list, and the number without a {@code limit}. */
  static final int PAGE_LIMIT = 500;

  private static final int SEARCH_LENGTH = 256;
  private static final int NAME_LENGTH = 512;

  private AdminRoutes() {}

  /**
   * @param path of the whole request
   * @throws AdminRefused when nothing is there, the method is wrong or a parameter is
   */
  static AdminRoute read(String method, String path, Map<String, String> query) {
    Map<String, Supplier<AdminRoute>> methods =
        path.startsWith(PREFIX)
            ? methodsAt(List.of(path.substring(PREFIX.length()).split("/", -1)), query)
            : Map.of();
    if (methods.isEmpty()) {
      throw new CallFault.UnknownRoute().refused();
    }
    Supplier<AdminRoute> route = methods.get(method);
    if (route == null) {
      String allowed = methods.keySet().stream().sorted().collect(Collectors.joining(", "));
      throw new CallFault.WrongMethod(allowed).refused();
    }
    return route.get();
  }

  private static Map<String, Supplier<AdminRoute>> methodsAt(
      List<String> segments, Map<String, String> query) {
    if (segments.size() == 3
        && segments.getFirst().equals("webhooks")
        && segments.get(2).equals("test")) {
      return Map.of("POST", () -> new AdminRoute.TestWebhook(segments.get(1)));
    }
    boolean named =
        segments.size() >= 3
            && segments.getFirst().equals("tokens")
            && TokenName.isNamespace(segments.get(1))
            && TokenName.isName(segments.get(2));
    if (!named) {
      return collection(String.join("/", segments), query);
    }
    TokenName token = new TokenName(segments.get(1), segments.get(2));
    return switch (segments.size()) {
      case 3 ->
          Map.of(
              "GET", () -> new AdminRoute.ShowToken(token),
              "PATCH", () -> new AdminRoute.EditToken(token));
      case 4 -> action(token, segments.get(3));
      default -> Map.of();
    };
  }

  private static Map<String, Supplier<AdminRoute>> collection(
      String path, Map<String, String> query) {
    return switch (path) {
      case "tokens" -> Map.of("GET", () -> list(query), "POST", AdminRoute.CreateToken::new);
      case "tokens:revokeExpired", "tokens/revoke-expired" ->
          Map.of("POST", AdminRoute.RevokeExpired::new);
      case "findings" -> Map.of("GET", AdminRoute.ListFindings::new);
      case "usage" -> Map.of("GET", () -> usage(query));
      case "info" -> Map.of("GET", AdminRoute.ShowInfo::new);
      default -> Map.of();
    };
  }

  private static Map<String, Supplier<AdminRoute>> action(TokenName token, String verb) {
    return switch (verb) {
      case "revoke" -> Map.of("POST", () -> new AdminRoute.RevokeToken(token));
      case "clone" -> Map.of("POST", () -> new AdminRoute.CloneToken(token));
      case "credit" -> Map.of("POST", () -> new AdminRoute.CreditToken(token));
      case "reveal" -> Map.of("POST", () -> new AdminRoute.RevealToken(token));
      default -> Map.of();
    };
  }

  private static AdminRoute list(Map<String, String> query) {
    requireKnown(query, List.of("search", "limit", "after"));
    Optional<String> search = Optional.ofNullable(query.get("search"));
    if (search.filter(words -> words.length() > SEARCH_LENGTH).isPresent()) {
      throw new FieldFault.Invalid(
              "search", "Search for at most %d characters.".formatted(SEARCH_LENGTH))
          .refused();
    }
    return new AdminRoute.ListTokens(search, limit(query), after(query));
  }

  private static AdminRoute usage(Map<String, String> query) {
    requireKnown(query, List.of("by", "limit", "after"));
    String by = query.getOrDefault("by", Spenders.By.TOKEN.label());
    Spenders.By kind =
        Spenders.By.of(by)
            .orElseThrow(
                () ->
                    new FieldFault.Invalid(
                            "by", "'by' is one of %s.".formatted(Spenders.By.labels()))
                        .refused());
    Optional<String> after = Optional.ofNullable(query.get("after"));
    if (after.filter(name -> name.length() > NAME_LENGTH).isPresent()) {
      throw new FieldFault.Invalid("after", "'after' is the answer's 'next' of the page before.")
          .refused();
    }
    return new AdminRoute.ShowUsage(kind, limit(query), after);
  }

  private static void requireKnown(Map<String, String> query, List<String> known) {
    for (String name : query.keySet()) {
      if (!known.contains(name)) {
        throw new FieldFault.Unknown(name, String.join(", ", known)).refused();
      }
    }
  }

  private static int limit(Map<String, String> query) {
    String text = query.getOrDefault("limit", Integer.toString(PAGE_LIMIT));
    int limit = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > PAGE_LIMIT) {
      throw new FieldFault.Invalid(
              "limit", "A page has 1 to %d rows; 'limit' is neither.".formatted(PAGE_LIMIT))
          .refused();
    }
    return limit;
  }

  private static Optional<TokenName> after(Map<String, String> query) {
    try {
      return Optional.ofNullable(query.get("after")).map(TokenName::parse);
    } catch (IllegalArgumentException noName) {
      throw new FieldFault.Invalid(
              "after", "'after' is the answer's 'next' of the page before: namespace/name.")
          .refused();
    }
  }
}
