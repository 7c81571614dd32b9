package io.keyfront.compiler.read;

import io.keyfront.compiler.read.YamlValue.Entry;
import io.keyfront.compiler.read.YamlValue.Scalar;
import io.keyfront.compiler.resource.Metadata;
import io.keyfront.compiler.resource.Origin;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.secret.SecretText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads a Kubernetes Secret. {@code stringData} goes over {@code data}, as in the API server. */
final class SecretReader {
  private final Map<String, SecretText> texts = new HashMap<>();
  private final Set<String> unusable = new HashSet<>();

  private SecretReader() {}

  static Resource.Secret secret(Metadata metadata, Fields top, Origin origin) {
    top.ignore("type", "immutable");
    var reader = new SecretReader();
    top.fields("data", reader::data);
    top.fields("stringData", reader::stringData);
    return new Resource.Secret(metadata, reader.texts, reader.unusable, origin);
  }

  private Boolean data(Fields data) {
    for (Entry entry : data.everyEntry()) {
      if (entry.value() instanceof Scalar scalar) {
        decode(data, entry, scalar.isNull() ? "" : scalar.text());
      } else {
        wrong(data, entry, "is not text", "write the value in base64");
      }
    }
    return true;
  }

  private void decode(Fields data, Entry entry, String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
      put(
          entry.key(),
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException binary) {
      unusable.add(entry.key());
    } catch (IllegalArgumentException notBase64) {
      wrong(data, entry, "is not base64", "encode the value, or write it under stringData");
    }
  }

  private Boolean stringData(Fields data) {
    for (Entry entry : data.everyEntry()) {
      if (entry.value() instanceof Scalar scalar) {
        put(entry.key(), scalar.isNull() ? "" : scalar.text());
      } else {
        wrong(data, entry, "is not text", "write the value as text");
      }
    }
    return true;
  }

  private void put(String key, String value) {
    texts.remove(key);
    unusable.remove(key);
    if (value.isEmpty()) {
      unusable.add(key);
    } else {
      texts.put(key, SecretText.of(value));
    }
  }

  private static void wrong(Fields data, Entry entry, String problem, String fix) {
    data.notes().invalid(entry.line(), data.at(entry.key()), problem, fix);
  }
}
