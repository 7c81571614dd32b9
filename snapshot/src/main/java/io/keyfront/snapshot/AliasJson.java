package io.keyfront.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.scope.Glob;
import io.keyfront.core.snapshot.AliasRule;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An alias with its targets. */
final class AliasJson {
  private AliasJson() {}

  static void write(JsonGenerator out, AliasRule alias) throws IOException {
    out.writeStartObject();
    out.writeStringField("namespace", alias.namespace());
    out.writeStringField("name", alias.name());
    out.writeBooleanField("global", alias.global());
    out.writeStringField("model", alias.model().pattern());
    JsonOut.text(out, "provider", alias.provider());
    out.writeArrayFieldStart("targets");
    for (AliasRule.Target target : alias.targets()) {
      out.writeStartObject();
      out.writeStringField("provider", target.provider());
      JsonOut.text(out, "model", target.model());
      out.writeNumberField("weight", target.weight());
      out.writeNumberField("priority", target.priority());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  static AliasRule read(JsonIn in) throws IOException {
    Read read = new Read();
    for (String field = in.firstField(); field != null; field = in.nextField()) {
      read.field(in, field);
    }
    return read.alias(in);
  }

  private static final class Read {
    private @Nullable String namespace;
    private @Nullable String name;
    private @Nullable Boolean global;
    private @Nullable Glob model;
    private Optional<String> provider = Optional.empty();
    private @Nullable List<AliasRule.Target> targets;

    void field(JsonIn in, String field) throws IOException {
      switch (field) {
        case "namespace" -> namespace = in.text();
        case "name" -> name = in.text();
        case "global" -> global = in.flag();
        case "model" -> model = GlobJson.read(in);
        case "provider" -> provider = Optional.of(in.text());
        case "targets" -> targets = in.list(() -> target(in));
        default -> throw in.unknown(field);
      }
    }

    AliasRule alias(JsonIn in) throws IOException {
      String inNamespace = in.required(namespace, "namespace");
      String named = in.required(name, "name");
      boolean everywhere = in.required(global, "global");
      Glob matching = in.required(model, "model");
      List<AliasRule.Target> leading = in.required(targets, "targets");
      return in.made(
          () -> new AliasRule(inNamespace, named, everywhere, matching, provider, leading));
    }

    private static AliasRule.Target target(JsonIn in) throws IOException {
      String provider = null;
      Optional<String> model = Optional.empty();
      Integer weight = null;
      Integer priority = null;
      for (String field = in.firstField(); field != null; field = in.nextField()) {
        switch (field) {
          case "provider" -> provider = in.text();
          case "model" -> model = Optional.of(in.text());
          case "weight" -> weight = in.integer();
          case "priority" -> priority = in.integer();
          default -> throw in.unknown(field);
        }
      }
      return target(in, in.required(provider, "provider"), model, weight, priority);
    }

    private static AliasRule.Target target(
        JsonIn in,
        String provider,
        Optional<String> model,
        @Nullable Integer weight,
        @Nullable Integer priority)
        throws IOException {
      int share = in.required(weight, "weight");
      int order = in.required(priority, "priority");
      return in.made(() -> new AliasRule.Target(provider, model, share, order));
    }
  }
}
