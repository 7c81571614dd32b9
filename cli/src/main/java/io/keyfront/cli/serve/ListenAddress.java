package io.keyfront.cli.serve;

import java.net.URI;

/**
 * Where a server listens.
 *
 * @param host a name or address; IPv6 without brackets
 * @param port 0 to 65535; 0 takes a free one
 */
public record ListenAddress(String host, int port) {
  private static final int MAX_PORT = 65_535;

  /**
   * Reads {@code host:port}, {@code [::1]:port}, {@code :port} (every address) or {@code port}
   * (this machine only).
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
    String port = text.substring(colon + 1);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String plain = bracketed ? host.substring(1, host.length() - 1) : host;
    if (!port.matches("[0-9]{1,5}")
        || Integer.parseInt(port) > MAX_PORT
        || (!bracketed && plain.contains(":"))) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an address to listen on: write host:port, like 127.0.0.1:8787.");
    }
    return new ListenAddress(plain.isEmpty() ? "0.0.0.0" : plain, Integer.parseInt(port));
  }

  /** The URL for a client on this machine, once the port is known. */
  public URI url(int boundPort) {
    return url("http", boundPort);
  }

  URI url(String scheme, int boundPort) {
    String reachable =
        switch (host) {
          case "0.0.0.0" -> "127.0.0.1";
          case "::" -> "[::1]";
          default -> host.contains(":") ? "[" + host + "]" : host;
        };
    return URI.create(scheme + "://" + reachable + ":" + boundPort);
  }

  /** Whether only this machine can reach it. */
  public boolean isLoopback() {
    return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
