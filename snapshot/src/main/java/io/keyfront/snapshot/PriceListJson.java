package io.keyfront.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.money.ListedPrices;
import io.keyfront.core.money.PriceList;
import io.keyfront.core.money.ServiceTier;
import io.keyfront.core.money.TokenKind;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What tokens cost, in whole pico-USD, as fields of the price that they belong to. Steps and tiers
 * are left out where there are none, as before there were any.
 */
final class PriceListJson {
  private PriceListJson() {}

  static void write(JsonGenerator out, PriceList prices) throws IOException {
    tokens(out, prices.standard());
    if (!prices.longContext().isEmpty()) {
      out.writeArrayFieldStart("longContext");
      for (var step : new TreeMap<>(prices.longContext()).entrySet()) {
        out.writeStartObject();
        out.writeNumberField("above", step.getKey());
        tokens(out, step.getValue());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    if (!prices.tiers().isEmpty()) {
      out.writeArrayFieldStart("tiers");
      for (var tier : new TreeMap<>(prices.tiers()).entrySet()) {
        out.writeStartObject();
        out.writeStringField("tier", tier.getKey().name());
        tokens(out, tier.getValue());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
  }

  private static void tokens(JsonGenerator out, ListedPrices prices) throws IOException {
    out.writeObjectFieldStart("tokens");
    for (TokenKind kind : TokenKind.values()) {
      Long listed = prices.byKind().get(kind);
      if (listed != null) {
        out.writeNumberField(kind.name(), listed);
      }
    }
    out.writeEndObject();
  }

  static long amount(JsonIn in) throws IOException {
    long pico = in.whole();
    if (pico < 0) {
      throw in.wrong("is negative");
    }
    return pico;
  }

  static final class Read {
    private @Nullable ListedPrices standard;
    private final Map<Long, ListedPrices> longContext = new HashMap<>();
    private final Map<ServiceTier, ListedPrices> tiers = new EnumMap<>(ServiceTier.class);

    void field(JsonIn in, String field) throws IOException {
      switch (field) {
        case "tokens" -> standard = tokens(in);
        case "longContext" -> each(in, "above", () -> in.whole(), longContext);
        case "tiers" -> each(in, "tier", () -> in.known(ServiceTier.class), tiers);
        default -> throw in.unknown(field);
      }
    }

    PriceList list(JsonIn in) throws IOException {
      ListedPrices plain = in.required(standard, "tokens");
      return in.made(() -> new PriceList(plain, longContext, tiers));
    }

    private static <K> void each(
        JsonIn in, String key, JsonIn.Item<K> reader, Map<K, ListedPrices> into)
        throws IOException {
      for (Keyed<K> one : in.list(() -> keyed(in, key, reader))) {
        if (into.put(one.key(), one.prices()) != null) {
          throw in.wrong("stands twice");
        }
      }
    }

    private record Keyed<K>(K key, ListedPrices prices) {}

    private static <K> Keyed<K> keyed(JsonIn in, String key, JsonIn.Item<K> reader)
        throws IOException {
      @Nullable K of = null;
      @Nullable ListedPrices prices = null;
      for (String field = in.firstField(); field != null; field = in.nextField()) {
        if (field.equals(key)) {
          of = reader.read();
        } else if (field.equals("tokens")) {
          prices = tokens(in);
        } else {
          throw in.unknown(field);
        }
      }
      return new Keyed<>(in.required(of, key), in.required(prices, "tokens"));
    }

    private static ListedPrices tokens(JsonIn in) throws IOException {
      Map<TokenKind, Long> listed = new EnumMap<>(TokenKind.class);
      for (String field = in.firstField(); field != null; field = in.nextField()) {
        String name = field;
        listed.put(in.made(() -> TokenKind.valueOf(name)), amount(in));
      }
      return new ListedPrices(listed);
    }
  }
}
