package io.keyfront.console.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.compiler.finding.Finding;
import java.io.IOException;
import java.util.Locale;

/** A finding as JSON, for the admin API and the commands alike. */
public final class FindingJson {
  private FindingJson() {}

  /** Writes one object. */
  public static void write(JsonGenerator out, Finding finding) throws IOException {
    out.writeStartObject();
    out.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    out.writeStringField("reason", finding.reason().label());
    if (finding.source().isPresent()) {
      out.writeStringField("file", finding.source().get().file());
      out.writeNumberField("line", finding.source().get().line());
    }
    if (finding.resource().isPresent()) {
      out.writeStringField("resource", finding.resource().get().toString());
    }
    if (!finding.field().isEmpty()) {
      out.writeStringField("field", finding.field());
    }
    out.writeStringField("problem", finding.problem());
    out.writeStringField("fix", finding.fix());
    out.writeEndObject();
  }
}
