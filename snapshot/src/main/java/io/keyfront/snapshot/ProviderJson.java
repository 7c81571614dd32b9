package io.keyfront.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.provider.Protocol;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.provider.Stopping;
import java.io.IOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A provider of the table. */
final class ProviderJson {
  private ProviderJson() {}

  static void write(JsonGenerator out, Provider provider) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", provider.name());
    JsonOut.text(out, "endpoint", provider.endpoint());
    out.writeObjectFieldStart("bases");
    for (Protocol protocol : Protocol.values()) {
      String base = provider.bases().get(protocol);
      if (base != null) {
        out.writeStringField(protocol.id(), base);
      }
    }
    out.writeEndObject();
    out.writeBooleanField("streamOptions", provider.takesStreamOptions());
    if (provider.stopping().isPresent()) {
      out.writeNumberField("stopsAtTokensPerSecond", provider.stopping().get().tokensPerSecond());
    }
    LimitsJson.write(out, "limits", provider.limits());
    out.writeEndObject();
  }

  static Provider read(JsonIn in) throws IOException {
    Read read = new Read();
    for (String field = in.firstField(); field != null; field = in.nextField()) {
      read.field(in, field);
    }
    return read.provider(in);
  }

  private static final class Read {
    private @Nullable String name;
    private Optional<URI> endpoint = Optional.empty();
    private @Nullable Map<Protocol, String> bases;
    private @Nullable Boolean streamOptions;
    private OptionalLong speed = OptionalLong.empty();
    private Limits limits = Limits.NONE;

    void field(JsonIn in, String field) throws IOException {
      switch (field) {
        case "name" -> name = in.text();
        case "endpoint" -> endpoint = in.uri();
        case "bases" -> bases = bases(in);
        case "streamOptions" -> streamOptions = in.flag();
        case "stopsAtTokensPerSecond" -> speed = OptionalLong.of(in.whole());
        case "limits" -> limits = LimitsJson.read(in);
        default -> throw in.unknown(field);
      }
    }

    Provider provider(JsonIn in) throws IOException {
      String required = in.required(name, "name");
      if (required.equals(Provider.MOCK) == endpoint.isPresent()) {
        throw in.wrong("has no endpoint, or is the mock and has one");
      }
      Optional<Stopping> stopping =
          speed.isEmpty()
              ? Optional.empty()
              : Optional.of(in.made(() -> new Stopping(speed.getAsLong())));
      return new Provider(
          required,
          endpoint,
          in.required(bases, "bases"),
          in.required(streamOptions, "streamOptions"),
          stopping,
          limits);
    }

    private static Map<Protocol, String> bases(JsonIn in) throws IOException {
      Map<Protocol, String> bases = new EnumMap<>(Protocol.class);
      for (String field = in.firstField(); field != null; field = in.nextField()) {
        String known = field;
        Protocol protocol = Protocol.byId(known).orElseThrow(() -> in.unknown(known));
        bases.put(protocol, in.text());
      }
      return bases;
    }
  }
}
