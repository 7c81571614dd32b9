package io.keyfront.protocols.bound;

import io.keyfront.protocols.bound.OutputPlaces.Config;
import io.keyfront.protocols.bound.OutputPlaces.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts while one body passes. For one use. */
final class Tally {
  /** Uses of a server-side tool without a limit of its own; one body has fewer tools than bytes. */
  static final long DEFAULT_TOOL_USES = 10;

  final List<Limit> maximums = new ArrayList<>(2);
  long images;
  long imageBytes;
  long tools;
  long builtInTools;
  long toolReferences;
  long largestTool;
  long serverUses;
  long webSearches;
  long toolCallLimit = -1;
  long inputs = 1;
  int choices = 1;
  long maximum = -1;
  boolean unbounded;
  boolean prediction;
  boolean background;
  boolean media;
  Optional<Limit> thinkingBudget = Optional.empty();
  Optional<Config> generationConfig = Optional.empty();
  Optional<String> tier = Optional.empty();

  void serverTool(long uses, boolean search) {
    serverUses = Saturating.plus(serverUses, uses);
    if (search) {
      webSearches = Saturating.plus(webSearches, uses);
    }
  }

  AskedFor asked(byte[] body) {
    long expansion =
        Saturating.plus(Expansion.of(body), Saturating.times(toolReferences, largestTool));
    return new AskedFor(
        new Prompt(
            body.length, expansion, imageBytes, images, tools, builtInTools, inputs, unbounded),
        serverTools(),
        output(),
        tier,
        background,
        media);
  }

  OutputPlaces places() {
    return new OutputPlaces(maximums, thinkingBudget, generationConfig);
  }

  private AskedFor.ServerTools serverTools() {
    return toolCallLimit >= 0 && serverUses > 0
        ? new AskedFor.ServerTools(toolCallLimit, webSearches > 0 ? toolCallLimit : 0)
        : new AskedFor.ServerTools(serverUses, webSearches);
  }

  private AskedFor.Output output() {
    return new AskedFor.Output(
        maximum < 0 ? OptionalLong.empty() : OptionalLong.of(maximum),
        choices,
        thinkingBudget.stream().mapToLong(Limit::tokens).filter(tokens -> tokens >= 0).findFirst(),
        prediction);
  }
}
