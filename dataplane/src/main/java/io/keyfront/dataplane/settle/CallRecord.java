package io.keyfront.dataplane.settle;

import io.keyfront.core.money.Usage;
import java.time.Instant;
import java.util.Optional;

/**
 * One exchange, also a refused one. Holds no prompt, no answer and no secret.
 *
 * @param token the token's {@code namespace/name}; empty when the caller is unknown
 * @param requestedModel as the client named it
 * @param status what the client was answered; 499 when it left before
 * @param code of the fault that ended the call
 * @param durationNanos from the request's head to the end
 * @param firstByteNanos from the request's head to the answer's first byte; empty when there was
 *     none
 * @param settlement {@code known}, {@code released} or {@code in_doubt}; empty when nothing was
 *     held
 * @param costNano what was charged, in nano-USD
 */
public record CallRecord(
    Instant time,
    String requestId,
    Optional<String> token,
    String client,
    String method,
    String path,
    Optional<String> provider,
    Optional<String> protocol,
    Optional<String> operation,
    Optional<String> requestedModel,
    Optional<String> model,
    Optional<String> credential,
    Optional<String> alias,
    int status,
    Optional<String> code,
    boolean streamed,
    Optional<Usage> usage,
    long durationNanos,
    Optional<Long> firstByteNanos,
    Optional<String> settlement,
    Optional<Long> costNano,
    String detail) {
  /** What the client's leaving is recorded as; nothing was sent under it. */
  public static final int CLIENT_CLOSED = 499;
}
