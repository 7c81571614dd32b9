package io.keyfront.protocols.bound;

import com.fasterxml.jackson.core.JsonToken;
import io.keyfront.core.provider.Protocol;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Reads the list of tools of the protocols that tell them apart by {@code type}. */
final class ToolReader {
  private final Cursor cursor;
  private final Tally tally;
  private final Protocol protocol;

  ToolReader(Cursor cursor, Tally tally, Protocol protocol) {
    this.cursor = cursor;
    this.tally = tally;
    this.protocol = protocol;
  }

  private static final class Tool {
    final Set<ToolKind> kinds = EnumSet.noneOf(ToolKind.class);
    long maxUses = -1;
  }

  void tools() throws IOException {
    cursor.elements(this::tool);
  }

  /** Things that the provider itself turns to, without a type: each is a server-side tool. */
  void serverTools() throws IOException {
    cursor.elements(
        () -> {
          if (!cursor.at(JsonToken.VALUE_NULL)) {
            tally.serverTool(Tally.DEFAULT_TOOL_USES, false);
          }
          cursor.skip();
        });
  }

  private void tool() throws IOException {
    if (!cursor.at(JsonToken.START_OBJECT)) {
      tally.tools++;
      cursor.skip();
      return;
    }
    int start = cursor.start();
    Tool tool = new Tool();
    cursor.fields(name -> field(tool, name));
    tally.largestTool = Math.max(tally.largestTool, cursor.end() - start);
    add(tool);
  }

  private void field(Tool tool, String name) throws IOException {
    switch (name) {
      case "type" -> {
        if (!cursor.at(JsonToken.VALUE_NULL)) {
          tool.kinds.add(ToolKind.of(protocol, cursor.text()));
        }
      }
      case "max_uses" -> tool.maxUses = Math.max(tool.maxUses, cursor.count("tools.max_uses"));
      case "tools" -> tools();
      default -> cursor.skip();
    }
  }

  private void add(Tool tool) {
    if (tool.kinds.contains(ToolKind.BUILT_IN)) {
      tally.builtInTools++;
    } else if (!tool.kinds.contains(ToolKind.GROUP)) {
      tally.tools++;
    }
    long uses = -1;
    boolean search = false;
    for (ToolKind kind : tool.kinds) {
      if (kind.isServer()) {
        uses = Math.max(uses, uses(kind, tool.maxUses));
        search |= kind.isSearch();
      }
    }
    if (uses >= 0) {
      tally.serverTool(uses, search);
    }
  }

  private static long uses(ToolKind kind, long maxUses) {
    return kind.isLimited() && maxUses >= 0 ? maxUses : Tally.DEFAULT_TOOL_USES;
  }
}
