package io.keyfront.crds.applied;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.keyfront.crds.testing.RealApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Resources that together use every field of every kind. */
final class FullResources {
  static final Path FOLDER = Path.of("src/test/resources/full");

  private static final Map<Class<?>, JSONSchemaProps> SCHEMAS = new ConcurrentHashMap<>();

  private FullResources() {}

  /**
   * A place in one of the resources where a field of the schema stands.
   *
   * @param pointer from the resource's top
   * @param path the same as messages write it: {@code spec.scopes[0]}
   * @param name the resource's file
   */
  record Place(
      String name, JsonNode resource, String pointer, String path, JSONSchemaProps schema) {}

  static List<Place> places() {
    List<Place> places = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        JsonNode resource = Applied.tree(Files.readString(file));
        var root =
            new Place(
                file.getFileName().toString(), resource, "", "", schema(Applied.kind(resource)));
        field(places, root, "spec");
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return places;
  }

  static JSONSchemaProps schema(Class<? extends HasMetadata> kind) {
    return SCHEMAS.computeIfAbsent(
        kind,
        any ->
            RealApiServer.definition(kind)
                .getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema());
  }

  private static void field(List<Place> places, Place in, String name) {
    JSONSchemaProps schema = in.schema().getProperties().get(name);
    String path = in.path().isEmpty() ? name : in.path() + "." + name;
    add(places, new Place(in.name(), in.resource(), in.pointer() + "/" + name, path, schema));
  }

  private static void add(List<Place> places, Place place) {
    if (place.resource().at(place.pointer()).isMissingNode()) {
      return;
    }
    places.add(place);
    place.schema().getProperties().keySet().forEach(name -> field(places, place, name));
    if (place.schema().getItems() != null) {
      add(
          places,
          new Place(
              place.name(),
              place.resource(),
              place.pointer() + "/0",
              place.path() + "[0]",
              place.schema().getItems().getSchema()));
    }
  }
}
