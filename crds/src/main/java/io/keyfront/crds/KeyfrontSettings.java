package io.keyfront.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Everything that is not a credential, a token or an alias. The one that counts is named {@code
 * keyfront}, in the operator's namespace.
 */
@Group(KeyfrontApi.GROUP)
@Version(KeyfrontApi.VERSION)
@Plural("keyfrontsettings")
@ShortNames("ks")
@Categories("keyfront")
@AdditionalPrinterColumn(name = "Ready", jsonPath = Columns.READY)
@AdditionalPrinterColumn(name = "Status", jsonPath = Columns.STATUS)
@AdditionalPrinterColumn(name = "Loaded", jsonPath = Columns.LOADED)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = Columns.AGE,
    type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
    value = "self.metadata.name == 'keyfront'",
    message = "metadata.name: is not the name of the settings; write keyfront")
public final class KeyfrontSettings
    extends CustomResource<KeyfrontSettingsSpec, KeyfrontSettingsStatus> implements Namespaced {}
