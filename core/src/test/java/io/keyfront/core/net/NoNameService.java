package io.keyfront.core.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Stands in for DNS in this module's tests: remembers every name that somebody looked up, and knows
 * none. Registered under META-INF/services.
 */
public final class NoNameService extends InetAddressResolverProvider {
  private static final List<String> ASKED = new CopyOnWriteArrayList<>();

  /** The names looked up since the JVM started. */
  static List<String> asked() {
    return List.copyOf(ASKED);
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return new Resolver();
  }

  @Override
  public String name() {
    return "no name service";
  }

  private static final class Resolver implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      ASKED.add(host);
      throw new UnknownHostException(host);
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      throw new UnknownHostException();
    }
  }
}
