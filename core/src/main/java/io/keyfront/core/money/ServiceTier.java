package io.keyfront.core.money;

import java.util.Locale;
import java.util.Optional;

/**
 * How fast a provider is asked to answer, and so at which price. Sources: OpenAI's API reference
 * ({@code service_tier}), Groq's ("Service tiers"), Anthropic's ({@code usage.service_tier}) and
 * Vertex's ({@code trafficType}).
 */
public enum ServiceTier {
  STANDARD,
  PRIORITY,
  FLEX,
  BATCH,
  /** The provider or its account settings choose, or the name is unknown: any of the others. */
  ANY;

  /**
   * What a request asks for. A request that says nothing leaves the choice to the settings of the
   * provider's project, which may say priority (OpenAI, "Priority processing").
   */
  public static ServiceTier requested(Optional<String> name) {
    return name.map(ServiceTier::named).orElse(ANY);
  }

  /**
   * What an answer is billed at.
   *
   * @param requested what the request asked for
   * @param reported what the answer says, which counts; absent where the provider has no tiers
   */
  public static ServiceTier billed(ServiceTier requested, Optional<String> reported) {
    return reported.map(ServiceTier::named).orElse(requested == ANY ? STANDARD : requested);
  }

  private static ServiceTier named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "default", "standard", "standard_only", "on_demand" -> STANDARD;
      case "priority", "on_demand_priority" -> PRIORITY;
      case "flex", "on_demand_flex" -> FLEX;
      case "batch" -> BATCH;
      default -> ANY;
    };
  }
}
