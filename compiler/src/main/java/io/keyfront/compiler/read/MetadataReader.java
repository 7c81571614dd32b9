package io.keyfront.compiler.read;

import io.keyfront.compiler.resource.Metadata;
import io.keyfront.crds.Names;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a resource's metadata. What the API server writes there and nobody here needs is let be.
 */
final class MetadataReader {
  private static final Pattern UID = Pattern.compile("[-._A-Za-z0-9]{1,64}");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("([A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)?");

  private MetadataReader() {}

  static Metadata metadata(Fields fields) {
    fields.ignore(
        "resourceVersion",
        "generation",
        "selfLink",
        "managedFields",
        "ownerReferences",
        "finalizers",
        "deletionTimestamp",
        "deletionGracePeriodSeconds");
    return new Metadata(
        namespace(fields),
        name(fields),
        labels(fields),
        fields.textMap("annotations"),
        creationTimestamp(fields),
        uid(fields));
  }

  private static String name(Fields fields) {
    String name = fields.requiredText("name");
    boolean wrong = name.length() > Names.OBJECT_MAX || !Names.OBJECT.matcher(name).matches();
    if (!name.isEmpty() && wrong) {
      note(fields, "name", "'" + name + "' is not a name", Names.OBJECT_FIX);
    }
    return name;
  }

  private static String namespace(Fields fields) {
    @Nullable String namespace = fields.text("namespace");
    if (namespace == null) {
      return Metadata.DEFAULT_NAMESPACE;
    }
    if (namespace.length() > Names.LABEL_MAX || !Names.LABEL.matcher(namespace).matches()) {
      note(fields, "namespace", "'" + namespace + "' is not a namespace", Names.LABEL_FIX);
    }
    return namespace;
  }

  private static Map<String, String> labels(Fields fields) {
    Map<String, String> labels = fields.textMap("labels");
    labels.forEach(
        (key, value) -> {
          if (!LABEL_VALUE.matcher(value).matches()) {
            note(
                fields,
                "labels",
                "'" + value + "' is not a value of label " + key,
                "write at most 63 letters, digits, '-', '_' and '.'");
          }
        });
    return labels;
  }

  private static Optional<Instant> creationTimestamp(Fields fields) {
    if (fields.isNull("creationTimestamp")) {
      // What kubectl's --dry-run writes.
      fields.ignore("creationTimestamp");
      return Optional.empty();
    }
    @Nullable String text = fields.text("creationTimestamp");
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException notATime) {
      note(
          fields,
          "creationTimestamp",
          "'" + text + "' is not a point in time",
          "write RFC 3339, like 2027-01-31T12:00:00Z");
      return Optional.empty();
    }
  }

  private static Optional<String> uid(Fields fields) {
    Optional<String> uid = Optional.ofNullable(fields.text("uid"));
    if (uid.isPresent() && !UID.matcher(uid.get()).matches()) {
      note(fields, "uid", "'" + uid.get() + "' is not a UID", "remove it, or write a UUID");
    }
    return uid;
  }

  private static void note(Fields fields, String name, String problem, String fix) {
    fields.notes().invalid(fields.line(name), fields.at(name), problem, fix);
  }
}
