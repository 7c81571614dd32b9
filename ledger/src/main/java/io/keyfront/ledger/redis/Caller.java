package io.keyfront.ledger.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls the script by its digest, and with its body where a server does not have it. */
final class Caller {
  private final Script script = Script.load();
  private final EventExecutor loop;

  Caller(EventExecutor loop) {
    this.loop = loop;
  }

  CompletionStage<byte[]> call(
      StatefulConnection<byte[], byte[]> connection, List<byte[]> keys, byte[] batch) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    send(connection, CommandType.EVALSHA, script.digest(), keys, batch)
        .whenComplete(
            (reply, failure) -> {
              if (failure instanceof RedisNoScriptException) {
                send(connection, CommandType.EVAL, script.body(), keys, batch)
                    .whenComplete((second, again) -> complete(answer, second, again));
              } else {
                complete(answer, reply, failure);
              }
            });
    return answer;
  }

  /**
   * Calls a script of one server by its digest only.
   *
   * @return fails with {@link RedisNoScriptException} where another one answers
   */
  CompletionStage<byte[]> call(
      StatefulConnection<byte[], byte[]> connection,
      Script fence,
      List<byte[]> keys,
      byte[] batch) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    send(connection, CommandType.EVALSHA, fence.digest(), keys, batch)
        .whenComplete((reply, failure) -> complete(answer, reply, failure));
    return answer;
  }

  /** Has a server learn its script. */
  CompletionStage<byte[]> teach(
      StatefulConnection<byte[], byte[]> connection, Script fence, byte[] nothing) {
    return send(connection, CommandType.EVAL, fence.body(), List.of(), nothing);
  }

  Script script() {
    return script;
  }

  private static CompletionStage<byte[]> send(
      StatefulConnection<byte[], byte[]> connection,
      CommandType type,
      String script,
      List<byte[]> keys,
      byte[] batch) {
    CommandArgs<byte[], byte[]> args =
        new CommandArgs<>(ByteArrayCodec.INSTANCE).add(script).add(keys.size());
    keys.forEach(args::addKey);
    args.addValue(batch);
    AsyncCommand<byte[], byte[], byte[]> command =
        new AsyncCommand<>(
            new Command<>(type, new ByteArrayOutput<>(ByteArrayCodec.INSTANCE), args));
    try {
      connection.dispatch(command);
    } catch (RuntimeException rejected) {
      command.completeExceptionally(rejected);
    }
    return command;
  }

  /** On the loop's thread, also where closing a connection ends its calls from another. */
  private void complete(
      CompletableFuture<byte[]> answer, byte @Nullable [] reply, @Nullable Throwable failure) {
    if (!loop.inEventLoop()) {
      loop.execute(() -> complete(answer, reply, failure));
    } else if (reply != null) {
      answer.complete(reply);
    } else {
      answer.completeExceptionally(
          failure != null ? failure : new IllegalStateException("Redis answered nothing"));
    }
  }
}
