package io.keyfront.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Renames a requested model, or sends it elsewhere. */
@Group(KeyfrontApi.GROUP)
@Version(KeyfrontApi.VERSION)
@Plural("modelaliases")
@ShortNames("ma")
@Categories("keyfront")
@AdditionalPrinterColumn(name = "Model", jsonPath = ".spec.match.model")
@AdditionalPrinterColumn(name = "Provider", jsonPath = ".spec.targets[0].provider")
@AdditionalPrinterColumn(name = "Target", jsonPath = ".spec.targets[0].model")
@AdditionalPrinterColumn(name = "Ready", jsonPath = Columns.READY)
@AdditionalPrinterColumn(name = "Status", jsonPath = Columns.STATUS)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = Columns.AGE,
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Loaded", jsonPath = Columns.LOADED, priority = 1)
public final class ModelAlias extends CustomResource<ModelAliasSpec, ModelAliasStatus>
    implements Namespaced {}
