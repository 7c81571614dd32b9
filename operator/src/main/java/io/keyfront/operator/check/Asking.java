package io.keyfront.operator.check;

import io.keyfront.core.net.OutboundNets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks one question over a connection of its own. Plain sockets, because the address really
 * connected to is judged before a byte of the key is sent, whatever the name resolves to; and
 * because nothing else of HTTP is wanted: no redirect is followed, no cookie kept, and of the
 * answer {@value #ANSWER_MAX} bytes are read. Whether an endpoint may say that it is on this
 * machine was decided when the credential was compiled.
 */
final class Asking {
  static final int ANSWER_MAX = 16 * 1024;

  private static final int TLS_PORT = 443;
  private static final int PLAIN_PORT = 80;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})\\b.*");

  private final Duration limit;
  private final ScheduledExecutorService clock;
  private final Names names;

  /** What names lead to. */
  @FunctionalInterface
  interface Names {
    InetAddress address(String host) throws UnknownHostException;
  }

  /**
   * @param limit for connecting, asking and reading together
   * @param clock closes the connection when the limit is reached
   */
  Asking(Duration limit, ScheduledExecutorService clock) {
    this(limit, clock, InetAddress::getByName);
  }

  Asking(Duration limit, ScheduledExecutorService clock, Names names) {
    this.limit = limit;
    this.clock = clock;
    this.names = names;
  }

  /** Blocks for the limit at most, and for as long as the name takes to be resolved. */
  KeyAnswer ask(KeyQuestion question) {
    try {
      String host = host(question.endpoint());
      InetAddress address = names.address(host);
      return OutboundNets.isForbidden(host, address.getHostAddress())
          ? new KeyAnswer.Unknown("is at an address that no provider has")
          : ask(question, address);
    } catch (UnknownHostException unknown) {
      return new KeyAnswer.Unknown("has a name that nobody knows");
    } catch (SocketTimeoutException late) {
      return late();
    } catch (SSLException untrusted) {
      return new KeyAnswer.Unknown("is not vouched for, or speaks no TLS");
    } catch (IOException broken) {
      return new KeyAnswer.Unknown("could not be reached");
    }
  }

  private KeyAnswer late() {
    return new KeyAnswer.Unknown("said nothing for " + limit.toSeconds() + " s");
  }

  private KeyAnswer ask(KeyQuestion question, InetAddress address) throws IOException {
    AtomicBoolean over = new AtomicBoolean();
    try (Socket socket = new Socket()) {
      ScheduledFuture<?> end =
          clock.schedule(() -> end(over, socket), limit.toMillis(), TimeUnit.MILLISECONDS);
      try {
        URI endpoint = question.endpoint();
        socket.connect(new InetSocketAddress(address, port(endpoint)), millis());
        socket.setSoTimeout(millis());
        return isPlain(endpoint) ? exchange(question, socket) : secured(question, socket);
      } catch (IOException broken) {
        if (over.get()) {
          return late();
        }
        throw broken;
      } finally {
        end.cancel(false);
      }
    }
  }

  private int millis() {
    return Math.toIntExact(limit.toMillis());
  }

  private static void end(AtomicBoolean over, Socket socket) {
    over.set(true);
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed all the same.
    }
  }

  private static KeyAnswer secured(KeyQuestion question, Socket socket) throws IOException {
    URI endpoint = question.endpoint();
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (SSLSocket tls =
        (SSLSocket) factory.createSocket(socket, host(endpoint), port(endpoint), true)) {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
      tls.startHandshake();
      return exchange(question, tls);
    }
  }

  private static KeyAnswer exchange(KeyQuestion question, Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(request(question).getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    String answer = read(socket.getInputStream());
    Optional<Integer> status = status(answer);
    return status
        .map(code -> question.meaning(code, answer))
        .orElseGet(() -> new KeyAnswer.Unknown("did not answer in HTTP"));
  }

  private static String request(KeyQuestion question) {
    StringBuilder text = new StringBuilder();
    text.append("GET ").append(question.path()).append(" HTTP/1.1\r\nhost: ");
    text.append(question.endpoint().getRawAuthority()).append("\r\n");
    question
        .headers()
        .forEach(
            (name, value) -> text.append(name).append(": ").append(value.reveal()).append("\r\n"));
    return text.append("user-agent: keyfront-operator\r\naccept: application/json\r\n")
        .append("accept-encoding: identity\r\nconnection: close\r\n\r\n")
        .toString();
  }

  /** Up to the bound; a server that breaks off in the middle has said what it said. */
  private static String read(InputStream in) throws IOException {
    byte[] bytes = new byte[ANSWER_MAX];
    int length = 0;
    try {
      for (int more = 0; more >= 0 && length < bytes.length && !isEnough(bytes, length); ) {
        more = in.read(bytes, length, bytes.length - length);
        length += Math.max(0, more);
      }
    } catch (IOException broken) {
      if (length == 0) {
        throw broken;
      }
    }
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** The status line is all there is to know, but of one status. */
  private static boolean isEnough(byte[] bytes, int length) {
    String text = new String(bytes, 0, Math.min(length, 64), StandardCharsets.ISO_8859_1);
    return text.indexOf('\r') >= 0 && status(text).filter(code -> code != 400).isPresent();
  }

  private static Optional<Integer> status(String answer) {
    Matcher line = STATUS.matcher(answer.lines().findFirst().orElse(""));
    return line.matches() ? Optional.of(Integer.parseInt(line.group(1))) : Optional.empty();
  }

  private static boolean isPlain(URI endpoint) {
    return "http".equals(endpoint.getScheme().toLowerCase(Locale.ROOT));
  }

  private static int port(URI endpoint) {
    int plain = isPlain(endpoint) ? PLAIN_PORT : TLS_PORT;
    return endpoint.getPort() < 0 ? plain : endpoint.getPort();
  }

  /** Without the brackets of an IPv6 address. */
  private static String host(URI endpoint) {
    String host = endpoint.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
