package io.keyfront.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.money.PriceOverride;
import io.keyfront.core.scope.Glob;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A price that settings name, in whole pico-USD. */
final class PriceJson {
  private PriceJson() {}

  static void write(JsonGenerator out, PriceOverride price) throws IOException {
    out.writeStartObject();
    JsonOut.text(out, "provider", price.provider());
    out.writeStringField("model", price.model().pattern());
    PriceListJson.write(out, price.prices());
    JsonOut.number(out, "webSearch", price.webSearch());
    out.writeNumberField("perRequest", price.perRequest());
    JsonOut.number(out, "contextWindow", price.contextWindow());
    JsonOut.number(out, "maxOutput", price.maxOutput());
    out.writeBooleanField("fallback", price.fallback());
    out.writeEndObject();
  }

  static PriceOverride read(JsonIn in) throws IOException {
    Read read = new Read();
    for (String field = in.firstField(); field != null; field = in.nextField()) {
      read.field(in, field);
    }
    return read.price(in);
  }

  private static final class Read {
    private Optional<String> provider = Optional.empty();
    private @Nullable Glob model;
    private final PriceListJson.Read prices = new PriceListJson.Read();
    private OptionalLong webSearch = OptionalLong.empty();
    private @Nullable Long perRequest;
    private OptionalInt contextWindow = OptionalInt.empty();
    private OptionalInt maxOutput = OptionalInt.empty();
    private @Nullable Boolean fallback;

    void field(JsonIn in, String field) throws IOException {
      switch (field) {
        case "provider" -> provider = Optional.of(in.text());
        case "model" -> model = GlobJson.read(in);
        case "tokens", "longContext", "tiers" -> prices.field(in, field);
        case "webSearch" -> webSearch = OptionalLong.of(PriceListJson.amount(in));
        case "perRequest" -> perRequest = PriceListJson.amount(in);
        case "contextWindow" -> contextWindow = OptionalInt.of(count(in));
        case "maxOutput" -> maxOutput = OptionalInt.of(count(in));
        case "fallback" -> fallback = in.flag();
        default -> throw in.unknown(field);
      }
    }

    PriceOverride price(JsonIn in) throws IOException {
      return new PriceOverride(
          provider,
          in.required(model, "model"),
          prices.list(in),
          webSearch,
          in.required(perRequest, "perRequest"),
          contextWindow,
          maxOutput,
          in.required(fallback, "fallback"));
    }

    private static int count(JsonIn in) throws IOException {
      int tokens = in.integer();
      if (tokens < 1) {
        throw in.wrong("is not 1 or more");
      }
      return tokens;
    }
  }
}
