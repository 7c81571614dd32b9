package io.keyfront.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.operator.apply.Triggers;
import io.keyfront.operator.observe.ObjectName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Has objects reconciled that changed by something else than themselves. */
public final class Inbound implements Triggers {
  private static final String EVERYWHERE = "";

  private final Map<Section, SimpleInboundEventSource<? extends HasMetadata>> sources =
      new ConcurrentHashMap<>();

  /** One controller. */
  private record Section(Kind kind, String namespace) {}

  /**
   * The source of one controller.
   *
   * @param namespace that it watches; empty is all
   */
  public <R extends HasMetadata> SimpleInboundEventSource<R> of(Kind kind, String namespace) {
    var source = new SimpleInboundEventSource<R>("rounds");
    sources.put(new Section(kind, namespace), source);
    return source;
  }

  @Override
  public void reconcile(Kind kind, ObjectName name) {
    var source = sources.get(new Section(kind, EVERYWHERE));
    if (source == null) {
      source = sources.get(new Section(kind, name.namespace()));
    }
    if (source != null && source.isRunning()) {
      source.propagateEvent(new ResourceID(name.name(), name.namespace()));
    }
  }
}
