package io.keyfront.crds;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** What the proxy presents upstream, as the API server keeps it. */
@Group(KeyfrontApi.GROUP)
@Version(KeyfrontApi.VERSION)
@Plural("providercredentials")
@ShortNames("pc")
@Categories("keyfront")
public final class ProviderCredential
    extends CustomResource<ProviderCredentialSpec, ProviderCredentialStatus>
    implements Namespaced {}
