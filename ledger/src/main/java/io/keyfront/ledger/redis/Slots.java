package io.keyfront.ledger.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.keyfront.core.ledger.AccountId;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells apart operations that cannot be in one call, as they are in different slots. */
final class Slots {
  private final Link link;
  private final Keys keys;

  Slots(Link link, Keys keys) {
    this.link = link;
    this.keys = keys;
  }

  /** Those that may be in one call are together; where there are no slots, all are. */
  Collection<List<Operation>> apart(List<Operation> batch) {
    if (!link.slotted()) {
      return List.of(batch);
    }
    Map<Object, List<Operation>> slots = new LinkedHashMap<>();
    for (Operation operation : batch) {
      slots.computeIfAbsent(operation.place(), slot -> new ArrayList<>()).add(operation);
    }
    return slots.values();
  }

  /** The server that has these, as far as is known. */
  Object server(List<Operation> together) {
    return link.slotted() ? link.server(key(together.getFirst())) : link;
  }

  private byte[] key(Operation operation) {
    return switch (operation.place()) {
      case AccountId account -> keys.of(account);
      case Object text -> text.toString().getBytes(US_ASCII);
    };
  }

  /** Whether another server has the slot, or it is on its way to one: then nothing was done. */
  static boolean isElsewhere(@Nullable Throwable failure) {
    return failure instanceof RedisNoScriptException
        || (failure instanceof RedisCommandExecutionException
            && String.valueOf(failure.getMessage()).startsWith("TRYAGAIN"));
  }
}
