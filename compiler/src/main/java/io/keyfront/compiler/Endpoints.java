package io.keyfront.compiler;

import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.net.OutboundNets;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says which addresses a credential or a notice may be sent to. Judges the text alone: the address
 * that a name resolves to is judged again by whoever connects.
 */
final class Endpoints {
  private static final Set<String> METADATA_NAMES =
      Set.of("metadata", "metadata.google.internal", "instance-data", "instance-data.ec2.internal");

  /**
   * Some resolvers take one number, octal or hexadecimal for an address: nobody does so in good
   * faith.
   */
  private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");

  private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

  private final boolean loopbackAllowed;
  private final Findings findings;

  /** Who is at an address, and the words for it. */
  private enum Whose {
    PROVIDER(
        "provider",
        "the key belongs in auth",
        "would send the key in clear",
        "https://models.example.com/v1"),
    RECEIVER(
        "receiver",
        "the signature says who sends",
        "would be readable on the way",
        "https://hooks.example.com/keyfront");

    private final String who;
    private final String insteadOfUser;
    private final String clear;
    private final String example;

    Whose(String who, String insteadOfUser, String clear, String example) {
      this.who = who;
      this.insteadOfUser = insteadOfUser;
      this.clear = clear;
      this.example = example;
    }

    Flaw notAUrl() {
      return new Flaw("is not a URL", "write one like " + example);
    }
  }

  Endpoints(boolean loopbackAllowed, Findings findings) {
    this.loopbackAllowed = loopbackAllowed;
    this.findings = findings;
  }

  /** The endpoint, or empty after a finding was told. */
  Optional<URI> check(Resource resource, String field, String text) {
    return check(resource, field, text, shown(text), Whose.PROVIDER);
  }

  /**
   * A webhook's address, or empty after a finding was told. It may have a query, and is not shown:
   * such addresses are often secret.
   */
  Optional<URI> checkReceiver(Resource resource, String field, String text) {
    return check(resource, field, text, "the URL ", Whose.RECEIVER);
  }

  private Optional<URI> check(
      Resource resource, String field, String text, String shown, Whose whose) {
    Optional<URI> uri = parse(text);
    Optional<Flaw> flaw = uri.isEmpty() ? Optional.of(whose.notAUrl()) : flaw(uri.get(), whose);
    flaw.ifPresent(
        wrong ->
            findings.error(resource, Reason.INVALID, field, shown + wrong.problem(), wrong.fix()));
    return flaw.isPresent() ? Optional.empty() : uri;
  }

  private record Flaw(String problem, String fix) {}

  /** A URL may hold a password before the @: then it is not shown. */
  private static String shown(String text) {
    return text.indexOf('@') >= 0 ? "the URL " : "'" + text + "' ";
  }

  private static Optional<URI> parse(String text) {
    try {
      return Optional.of(new URI(text)).filter(uri -> uri.getHost() != null);
    } catch (URISyntaxException notAUrl) {
      return Optional.empty();
    }
  }

  private Optional<Flaw> flaw(URI uri, Whose whose) {
    String host = host(uri);
    boolean loopback = OutboundNets.isLoopback(host);
    if (uri.getRawUserInfo() != null) {
      return flaw("holds a user name", "remove it: " + whose.insteadOfUser);
    }
    boolean query = uri.getRawQuery() != null && whose == Whose.PROVIDER;
    if (query || uri.getRawFragment() != null) {
      return flaw("has a query or fragment", "end it with the path");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      return flaw("has no such port", "write a port from 1 to 65535");
    }
    if (host.indexOf('%') >= 0
        || OutboundNets.NEVER.allows(host)
        || METADATA_NAMES.contains(host)) {
      return flaw(
          "is an address that no %s has (link-local, metadata or multicast)".formatted(whose.who),
          "write the %s's own address".formatted(whose.who));
    }
    if (isStrangeNumber(host)) {
      return flaw("writes an address in an unusual form", "write four numbers, like 192.0.2.7");
    }
    if (loopback && !loopbackAllowed) {
      return flaw("is on this machine", "write the %s's own address".formatted(whose.who));
    }
    return scheme(uri, loopback, whose);
  }

  private static Optional<Flaw> scheme(URI uri, boolean loopback, Whose whose) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "https" -> Optional.empty();
      case "http" ->
          loopback
              ? Optional.empty()
              : flaw(whose.clear, "write https: http is for this machine only");
      default -> flaw("is not https", whose.notAUrl().fix());
    };
  }

  private static Optional<Flaw> flaw(String problem, String fix) {
    return Optional.of(new Flaw(problem, fix));
  }

  private static boolean isStrangeNumber(String host) {
    return host.indexOf(':') < 0
        && ENDS_IN_NUMBER.matcher(host).matches()
        && !IPV4.matcher(host).matches();
  }

  private static String host(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (host.startsWith("[")) {
      return host.substring(1, host.length() - 1);
    }
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
