package io.keyfront.crds;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Everything else, as the API server keeps it. */
@Group(KeyfrontApi.GROUP)
@Version(KeyfrontApi.VERSION)
@Plural("keyfrontsettings")
@ShortNames("ks")
@Categories("keyfront")
public final class KeyfrontSettings
    extends CustomResource<KeyfrontSettingsSpec, KeyfrontSettingsStatus> implements Namespaced {}
