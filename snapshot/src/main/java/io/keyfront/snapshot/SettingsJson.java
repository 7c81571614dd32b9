package io.keyfront.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.money.BundledPrices;
import io.keyfront.core.money.PriceOverride;
import io.keyfront.core.notice.Webhook;
import io.keyfront.core.session.AdminIssuer;
import io.keyfront.core.session.Authorities;
import io.keyfront.core.session.SessionIssuer;
import io.keyfront.core.session.TokenAuthority;
import io.keyfront.core.snapshot.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings; of the prices only the overrides. */
final class SettingsJson {
  private SettingsJson() {}

  static void write(JsonGenerator out, Settings settings) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("issuers");
    for (SessionIssuer issuer : settings.issuers()) {
      IssuerJson.write(out, issuer);
    }
    out.writeEndArray();
    if (settings.admin().isPresent()) {
      out.writeFieldName("admin");
      IssuerJson.write(out, settings.admin().get());
    }
    AuthorityJson.write(out, "machineTokens", settings.authorities().machineTokens());
    AuthorityJson.write(out, "serviceAccounts", settings.authorities().serviceAccounts());
    out.writeNumberField("trustedHops", settings.trustedHops());
    out.writeArrayFieldStart("prices");
    for (PriceOverride price : settings.prices().overrides()) {
      PriceJson.write(out, price);
    }
    out.writeEndArray();
    LimitsJson.write(out, "defaultLimits", settings.defaultLimits());
    out.writeArrayFieldStart("webhooks");
    for (Webhook webhook : settings.webhooks()) {
      WebhookJson.write(out, webhook);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  static Settings read(JsonIn in) throws IOException {
    Read read = new Read();
    for (String field = in.firstField(); field != null; field = in.nextField()) {
      read.field(in, field);
    }
    return read.settings(in);
  }

  private static final class Read {
    private @Nullable List<SessionIssuer> issuers;
    private Optional<AdminIssuer> admin = Optional.empty();
    private Optional<TokenAuthority> machineTokens = Optional.empty();
    private Optional<TokenAuthority> serviceAccounts = Optional.empty();
    private @Nullable Integer trustedHops;
    private @Nullable List<PriceOverride> prices;
    private Limits defaultLimits = Limits.NONE;
    private @Nullable List<Webhook> webhooks;

    void field(JsonIn in, String field) throws IOException {
      switch (field) {
        case "issuers" -> issuers = in.list(() -> IssuerJson.session(in));
        case "admin" -> admin = Optional.of(IssuerJson.admin(in));
        case "machineTokens" -> machineTokens = Optional.of(AuthorityJson.read(in));
        case "serviceAccounts" -> serviceAccounts = Optional.of(AuthorityJson.read(in));
        case "trustedHops" -> trustedHops = in.integer();
        case "prices" -> prices = in.list(() -> PriceJson.read(in));
        case "defaultLimits" -> defaultLimits = LimitsJson.read(in);
        case "webhooks" -> webhooks = in.list(() -> WebhookJson.read(in));
        default -> throw in.unknown(field);
      }
    }

    Settings settings(JsonIn in) throws IOException {
      List<SessionIssuer> signers = in.required(issuers, "issuers");
      int hops = in.required(trustedHops, "trustedHops");
      List<PriceOverride> overrides = in.required(prices, "prices");
      List<Webhook> told = in.required(webhooks, "webhooks");
      return in.made(
          () ->
              new Settings(
                  signers,
                  admin,
                  hops,
                  BundledPrices.table().withOverrides(overrides),
                  defaultLimits,
                  told,
                  new Authorities(machineTokens, serviceAccounts)));
    }
  }
}
