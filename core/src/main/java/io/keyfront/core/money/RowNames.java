package io.keyfront.core.money;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The other names under which a provider sells a model. Each rule takes off or adds a part that the
 * provider's own naming gives a meaning; a name that merely begins alike is another model. A region
 * is never taken off, as regions have prices of their own; {@code global} is the plain price.
 */
final class RowNames {
  /** OpenRouter's vendors that the table has rows of, by their names there. */
  private static final Map<String, String> VENDORS =
      Map.of(
          "anthropic", "anthropic",
          "openai", "openai",
          "google", "gemini",
          "mistralai", "mistral",
          "deepseek", "deepseek",
          "x-ai", "xai");

  private static final String FREE = ":free";
  private static final List<String> BEDROCK_VERSIONS = List.of("-v1:0", "-v1", ":0");
  private static final Pattern VERTEX = Pattern.compile("([^@]+)@(\\d{8}|\\d{3}|default|latest)");
  private static final Pattern FINE_TUNED = Pattern.compile("(ft:[^:]+):.+");

  private RowNames() {}

  /**
   * @param rows the rows of a provider; none where it has none
   */
  static Optional<ModelPrice> find(
      String provider, String model, Function<String, ModelRows> rows) {
    ModelRows own = rows.apply(provider);
    Optional<ModelPrice> exact = own.exact(model);
    if (exact.isPresent()) {
      return exact;
    }
    return switch (provider) {
      case "openrouter" -> openRouter(model, rows);
      case "bedrock" -> bedrock(model, own, rows.apply("anthropic"));
      case "vertex" -> vertex(model, own);
      case "azure" -> own.find(without(without(model, "global/"), "global-standard/"));
      case "gemini" -> own.find(without(model, "models/"));
      case "groq", "together" -> own.find(without(model, "openai/"));
      case "openai" -> own.find(fineTuned(model));
      default -> own.find(model);
    };
  }

  /**
   * {@code vendor/model}, with or without {@code :free}. Models that their vendor gives away are
   * not free when OpenRouter's hosts serve them, so such a row says nothing.
   */
  private static Optional<ModelPrice> openRouter(String model, Function<String, ModelRows> rows) {
    boolean free = model.endsWith(FREE);
    String name = free ? model.substring(0, model.length() - FREE.length()) : model;
    int slash = name.indexOf('/');
    String vendor = slash < 0 ? null : VENDORS.get(name.substring(0, slash));
    if (vendor == null) {
      return Optional.empty();
    }
    String plain = name.substring(slash + 1);
    String spelled = vendor.equals("anthropic") ? plain.replace('.', '-') : plain;
    return rows.apply(vendor).find(spelled).filter(price -> free || !price.isFree());
  }

  /**
   * {@code [region.]vendor.model[-date][-v1:0]}. Without a region, or with {@code global}, Claude
   * costs what Anthropic takes (Amazon Bedrock pricing, "Anthropic").
   */
  private static Optional<ModelPrice> bedrock(String model, ModelRows own, ModelRows anthropic) {
    String unregioned = without(model, "global.");
    return versions(model, own)
        .or(() -> versions(unregioned, own))
        .or(
            () ->
                unregioned.startsWith("anthropic.")
                    ? versions(without(unregioned, "anthropic."), anthropic)
                    : Optional.empty());
  }

  private static Optional<ModelPrice> versions(String name, ModelRows rows) {
    Optional<ModelPrice> found = rows.find(name);
    for (String version : BEDROCK_VERSIONS) {
      String other =
          name.endsWith(version)
              ? name.substring(0, name.length() - version.length())
              : name + version;
      found = found.or(() -> rows.find(other));
    }
    return found;
  }

  /** {@code model@date}, {@code model@default} and the bare name are one model. */
  private static Optional<ModelPrice> vertex(String model, ModelRows own) {
    Matcher versioned = VERTEX.matcher(model);
    if (versioned.matches()) {
      return own.exact(versioned.group(1));
    }
    return own.find(model)
        .or(() -> own.exact(model + "@default"))
        .or(() -> own.exact(model + "@latest"));
  }

  /** {@code ft:base:organisation:name:id} costs what {@code ft:base} does. */
  private static String fineTuned(String model) {
    Matcher tuned = FINE_TUNED.matcher(model);
    return tuned.matches() ? tuned.group(1) : model;
  }

  private static String without(String name, String prefix) {
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }
}
