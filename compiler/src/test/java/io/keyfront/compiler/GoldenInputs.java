package io.keyfront.compiler;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.read.Parsed;
import io.keyfront.compiler.read.ResourceReader;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.compiler.resource.ResourceUid;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.AdminIssuer;
import io.keyfront.core.session.SessionIssuer;
import io.keyfront.core.token.TokenHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The inputs of a golden folder: {@code in-*.yaml}, and {@code in.properties} for what comes from
 * elsewhere ({@code rules=cluster}, {@code key.openai=…}, {@code minted.<namespace>/<name>=…},
 * {@code created.<namespace>/<name>=…}, {@code session=…}, {@code admin=…}, {@code
 * namespace.<name>=label=value,…}).
 */
record GoldenInputs(Inputs inputs, List<Finding> findings) {
  private static final String PROPERTIES = "in.properties";

  static boolean reads(String file) {
    return file.equals(PROPERTIES) || (file.startsWith("in-") && file.endsWith(".yaml"));
  }

  static GoldenInputs read(Path folder) throws IOException {
    List<Resource> resources = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (Path file : yamlFiles(folder)) {
      Parsed parsed = ResourceReader.read(file.getFileName().toString(), Files.readString(file));
      resources.addAll(parsed.resources());
      findings.addAll(parsed.findings());
    }
    return new GoldenInputs(withProperties(resources, properties(folder)), findings);
  }

  private static List<Path> yamlFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static Properties properties(Path folder) throws IOException {
    var properties = new Properties();
    Path file = folder.resolve(PROPERTIES);
    if (Files.exists(file)) {
      try (var reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
    }
    return properties;
  }

  private static Inputs withProperties(List<Resource> resources, Properties properties) {
    boolean cluster = properties.getProperty("rules", "standalone").equals("cluster");
    Map<String, List<TokenHash>> minted = new HashMap<>();
    Map<String, Instant> createdAt = new HashMap<>();
    Map<String, SecretText> keys = new HashMap<>();
    Map<String, Map<String, String>> namespaces = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      String value = properties.getProperty(name);
      String rest = name.substring(name.indexOf('.') + 1);
      switch (name.split("\\.", 2)[0]) {
        case "minted" -> minted.put(uid(rest), List.of(TokenHash.of(value)));
        case "created" -> createdAt.put(uid(rest), Instant.parse(value));
        case "key" -> keys.put(rest, SecretText.of(value));
        case "namespace" -> namespaces.put(rest, labels(value));
        case "rules", "session", "admin" -> {}
        default -> throw new IllegalArgumentException("Unknown property " + name);
      }
    }
    return Inputs.of(resources, cluster ? Rules.CLUSTER : Rules.STANDALONE)
        .withMinted(minted)
        .withCreatedAt(createdAt)
        .withEnvironmentKeys(keys)
        .withNamespaceLabels(namespaces)
        .withIssuers(session(properties), admin(properties));
  }

  private static String uid(String token) {
    String[] parts = token.split("/", 2);
    return ResourceUid.of(Kind.MACHINE_TOKEN, parts[0], parts[1]);
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new HashMap<>();
    for (String label : text.split(",", -1)) {
      String[] parts = label.split("=", 2);
      labels.put(parts[0], parts[1]);
    }
    return labels;
  }

  private static Optional<SessionIssuer> session(Properties properties) {
    return Optional.ofNullable(properties.getProperty("session"))
        .map(SecretText::of)
        .map(
            secret ->
                new SessionIssuer(
                    "environment", Set.of(SessionIssuer.DEFAULT_AUDIENCE), secret, "default"));
  }

  private static Optional<AdminIssuer> admin(Properties properties) {
    return Optional.ofNullable(properties.getProperty("admin"))
        .map(SecretText::of)
        .map(secret -> new AdminIssuer(Set.of(AdminIssuer.DEFAULT_AUDIENCE), secret));
  }
}
