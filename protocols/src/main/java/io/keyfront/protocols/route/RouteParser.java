package io.keyfront.protocols.route;

import io.keyfront.core.provider.Dialect;

/** Reads method and path. Total: every input gives an answer. */
public final class RouteParser {
  private RouteParser() {}

  /**
   * Reads a request line.
   *
   * @param method as sent
   * @param target the request target without its query; absolute-form is accepted
   * @param hint the dialect that the credential's header implies; decides between protocols where the
   *     path leaves it open ({@code GET …/models})
   */
  public static Routing parse(String method, String target, Dialect hint) {
    throw new UnsupportedOperationException();
  }
}
