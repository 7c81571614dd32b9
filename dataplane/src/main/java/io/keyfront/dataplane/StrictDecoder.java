package io.keyfront.dataplane;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads heads as Vert.x does, but refuses those whose body another reader may see end elsewhere.
 * Netty's decoder mends them, and serves what comes behind as another request; RFC 9112 section 6.1
 * wants the connection closed.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {
  /** The name that Vert.x gives its own. */
  private static final String NAME = "httpDecoder";

  private StrictDecoder(HttpServerOptions options) {
    super(options);
  }

  /** From now on the connection's requests are read by a strict decoder; none may be read yet. */
  static void on(HttpConnection connection, HttpServerOptions options) {
    if (connection instanceof ConnectionBase base) {
      ChannelPipeline pipeline = base.channel().pipeline();
      if (pipeline.get(NAME) != null) {
        pipeline.replace(NAME, NAME, new StrictDecoder(options));
      }
    }
  }

  /** Asked once for each head, when all of it is read. */
  @Override
  protected boolean isContentAlwaysEmpty(@Nullable HttpMessage head) {
    if (head != null && head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      demandPlainChunks(head.headers());
    }
    return super.isContentAlwaysEmpty(head);
  }

  private static void demandPlainChunks(HttpHeaders headers) {
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)
        || codings.size() != 1
        || !codings.getFirst().strip().equalsIgnoreCase("chunked")) {
      throw new IllegalArgumentException("Where the body ends can be read in two ways.");
    }
  }
}
