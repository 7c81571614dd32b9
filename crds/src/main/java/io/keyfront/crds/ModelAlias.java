package io.keyfront.crds;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Renames or reroutes a model, as the API server keeps it. */
@Group(KeyfrontApi.GROUP)
@Version(KeyfrontApi.VERSION)
@Plural("modelaliases")
@ShortNames("ma")
@Categories("keyfront")
public final class ModelAlias extends CustomResource<ModelAliasSpec, ModelAliasStatus>
    implements Namespaced {}
