package io.keyfront.dataplane.intake;

import io.keyfront.core.provider.Dialect;
import io.keyfront.protocols.route.RouteParser;
import io.keyfront.protocols.route.Routing;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads request lines, and remembers those that were calls: agents send the same few again and
 * again. For one event loop.
 */
final class Routings {
  static final int MAX_REMEMBERED = 256;

  /** A longer path is read anew each time. */
  static final int MAX_PATH = 256;

  private final Map<Line, Routing> remembered = new HashMap<>();

  /** All that a routing depends on. */
  private record Line(String method, String path, Dialect hint) {}

  Routing of(String method, String path, Dialect hint) {
    if (path.length() > MAX_PATH) {
      return RouteParser.parse(method, path, hint);
    }
    Line line = new Line(method, path, hint);
    Routing known = remembered.get(line);
    if (known != null) {
      return known;
    }
    Routing read = RouteParser.parse(method, path, hint);
    if (read instanceof Routing.Call) {
      remember(line, read);
    }
    return read;
  }

  private void remember(Line line, Routing read) {
    if (remembered.size() >= MAX_REMEMBERED) {
      // Whoever sends so many different ones gains nothing, and costs others one reading each.
      remembered.clear();
    }
    remembered.put(line, read);
  }
}
