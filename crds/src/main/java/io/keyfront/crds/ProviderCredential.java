package io.keyfront.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** What the proxy presents to a model provider: the key stays here, workloads get MachineTokens. */
@Group(KeyfrontApi.GROUP)
@Version(KeyfrontApi.VERSION)
@Plural("providercredentials")
@ShortNames("pc")
@Categories("keyfront")
@AdditionalPrinterColumn(name = "Provider", jsonPath = ".spec.provider")
@AdditionalPrinterColumn(name = "Ready", jsonPath = Columns.READY)
@AdditionalPrinterColumn(name = "Status", jsonPath = Columns.STATUS)
@AdditionalPrinterColumn(name = "Loaded", jsonPath = Columns.LOADED)
@AdditionalPrinterColumn(name = "Expires", jsonPath = ".status.expiresAt")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = Columns.AGE,
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Priority",
    jsonPath = ".spec.priority",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Weight",
    jsonPath = ".spec.weight",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(name = "Fingerprint", jsonPath = ".status.fingerprint", priority = 1)
@AdditionalPrinterColumn(
    name = "Rotated",
    jsonPath = ".status.lastRotatedTime",
    type = AdditionalPrinterColumn.Type.DATE,
    priority = 1)
public final class ProviderCredential
    extends CustomResource<ProviderCredentialSpec, ProviderCredentialStatus>
    implements Namespaced {}
