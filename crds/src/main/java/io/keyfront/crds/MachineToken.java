package io.keyfront.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * What a workload presents instead of a provider's key, and all it may do with it: scope, lifetime,
 * limits and budget. Its status says what was spent.
 */
@Group(KeyfrontApi.GROUP)
@Version(KeyfrontApi.VERSION)
@Plural("machinetokens")
@ShortNames("mt")
@Categories("keyfront")
@AdditionalPrinterColumn(name = "Ready", jsonPath = Columns.READY)
@AdditionalPrinterColumn(name = "Status", jsonPath = Columns.STATUS)
@AdditionalPrinterColumn(name = "Spent", jsonPath = Columns.SPENT)
@AdditionalPrinterColumn(name = "Budget", jsonPath = Columns.BUDGET)
@AdditionalPrinterColumn(name = "Expires", jsonPath = ".status.expiresAt")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = Columns.AGE,
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Window", jsonPath = ".spec.budget.window", priority = 1)
@AdditionalPrinterColumn(name = "Tokens", jsonPath = ".status.budget.tokens.spent", priority = 1)
@AdditionalPrinterColumn(
    name = "Requests",
    jsonPath = ".status.usage.requests",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Last-Used",
    jsonPath = ".status.lastUsedTime",
    type = AdditionalPrinterColumn.Type.DATE,
    priority = 1)
@AdditionalPrinterColumn(name = "Format", jsonPath = ".spec.format", priority = 1)
@AdditionalPrinterColumn(name = "Secret", jsonPath = ".status.secretName", priority = 1)
@AdditionalPrinterColumn(name = "Loaded", jsonPath = Columns.LOADED, priority = 1)
public final class MachineToken extends CustomResource<MachineTokenSpec, MachineTokenStatus>
    implements Namespaced {}
