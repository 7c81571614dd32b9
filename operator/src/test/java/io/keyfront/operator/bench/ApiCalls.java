package io.keyfront.operator.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the API server was asked, by verb and resource, as its own metrics count it. */
record ApiCalls(Map<String, Long> counts) {
  private static final Pattern LINE =
      Pattern.compile("(?m)^apiserver_request_total\\{([^}]*)} ([0-9.e+]+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  static ApiCalls of(KubernetesClient client) {
    Map<String, Long> counts = new TreeMap<>();
    Matcher line = LINE.matcher(client.raw("/metrics"));
    while (line.find()) {
      Map<String, String> labels = new TreeMap<>();
      Matcher label = LABEL.matcher(line.group(1));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
      String resource = labels.getOrDefault("resource", "");
      String sub = labels.getOrDefault("subresource", "");
      String name = labels.get("verb") + " " + resource + (sub.isEmpty() ? "" : "/" + sub);
      counts.merge(name, Math.round(Double.parseDouble(line.group(2))), Long::sum);
    }
    return new ApiCalls(counts);
  }

  ApiCalls since(ApiCalls before) {
    Map<String, Long> more = new TreeMap<>();
    counts.forEach(
        (name, count) -> {
          long difference = count - before.counts.getOrDefault(name, 0L);
          if (difference > 0) {
            more.put(name, difference);
          }
        });
    return new ApiCalls(more);
  }

  void print() {
    OperatorBench.print(
        "API calls meanwhile, with the proxy's Lease and the bench's own",
        String.valueOf(counts.values().stream().mapToLong(one -> one).sum()));
    counts.forEach((name, count) -> OperatorBench.print("  " + name, count.toString()));
  }
}
