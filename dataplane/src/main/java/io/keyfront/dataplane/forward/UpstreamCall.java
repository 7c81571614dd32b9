package io.keyfront.dataplane.forward;

import io.vertx.core.http.HttpMethod;
import java.net.URI;

/**
 * A request as it goes to a provider, but for its headers.
 *
 * @param uri path and query
 * @param body empty for none
 * @param guarded whether the address really connected to must be checked, as the endpoint is not
 *     one of the catalog's
 */
record UpstreamCall(HttpMethod method, URI endpoint, String uri, byte[] body, boolean guarded) {}
