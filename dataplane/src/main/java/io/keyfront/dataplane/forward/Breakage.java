package io.keyfront.dataplane.forward;

import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.UpstreamFault;
import io.keyfront.protocols.answer.Redaction;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Exception;
import org.jspecify.annotations.Nullable;

/** Tells an answer that cannot be read from a connection that broke. */
final class Breakage {
  private Breakage() {}

  /**
   * @param redaction of the detail: a parser's complaint may quote what it could not read
   */
  static Fault of(String provider, Throwable cause, Redaction redaction) {
    if (cause instanceof Refused refused) {
      return refused.fault();
    }
    String detail = redaction.text(String.valueOf(cause));
    return isUnreadable(cause) || isUnreadable(cause.getCause())
        ? new UpstreamFault.BadReply(provider, detail)
        : new UpstreamFault.Reset(provider, detail);
  }

  /**
   * What Netty's decoders throw of lines, headers, lengths, frames and compressed bytes; of status
   * lines, header names and numbers they throw the plain exceptions of the language.
   */
  private static boolean isUnreadable(@Nullable Throwable cause) {
    return cause instanceof DecoderException
        || cause instanceof Http2Exception
        || cause instanceof IllegalArgumentException;
  }
}
