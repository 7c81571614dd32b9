package io.keyfront.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.snapshot.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** What travels arrives as it was, or not at all. */
class PartCodecProperties {
  @Property(tries = 400)
  void everyPartComesBackAsItWas(@ForAll long seed) throws Exception {
    for (Part part : Parts.of(new AnySnapshots(seed).snapshot())) {
      byte[] bytes = PartCodec.encode(part);

      assertThat(PartCodec.decode(part.name(), bytes)).isEqualTo(part);
      assertThat(PartCodec.encode(PartCodec.decode(part.name(), bytes))).isEqualTo(bytes);
    }
  }

  @Property(tries = 200)
  void partsInAnyOrderComeToTheSnapshotTheyWereTakenFrom(@ForAll long seed) {
    Snapshot snapshot = new AnySnapshots(seed).snapshot();
    List<Part> parts = new ArrayList<>(Parts.of(snapshot));
    Collections.shuffle(parts, new Random(seed));

    Assembly assembly = Assembly.EMPTY;
    for (Part part : parts) {
      assembly = assembly.received(part.name(), 7, PartCodec.encode(part));
    }

    assertThat(assembly.refusals()).isEmpty();
    Snapshot made = assembly.snapshot();
    assertThat(made.tokens()).isEqualTo(snapshot.tokens());
    assertThat(made.credentials()).isEqualTo(snapshot.credentials());
    assertThat(made.aliases()).isEqualTo(snapshot.aliases());
    assertThat(made.providers()).isEqualTo(snapshot.providers());
    assertThat(made.providers().keySet()).containsExactlyElementsOf(snapshot.providers().keySet());
    assertThat(made.settings()).isEqualTo(snapshot.settings());
  }

  @Property(tries = 1000)
  void anyBytesAreRefusedAndNothingElse(@ForAll @Size(max = 300) byte[] bytes) {
    assertThatThrownBy(() -> PartCodec.decode(PartName.BASE, bytes))
        .isInstanceOf(PartRefused.class);
  }

  @Property(tries = 1000)
  void anyJsonTextIsRefusedAndNothingElse(@ForAll long seed) throws IOException {
    byte[] bytes = gzip(nearlyJson(new Random(seed)).getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> PartCodec.decode(PartName.tokens(3), bytes))
        .isInstanceOf(PartRefused.class);
  }

  @Property(tries = 1000)
  void partWithOneByteChangedIsReadOrRefusedWithoutTellingASecret(@ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    List<Part> parts = Parts.of(new AnySnapshots(seed).snapshot());
    Part part = parts.get(random.nextInt(parts.size()));
    byte[] json = gunzip(PartCodec.encode(part));
    json[random.nextInt(json.length)] = (byte) random.nextInt(256);

    try {
      assertThat(PartCodec.decode(part.name(), gzip(json)).toString())
          .doesNotContain(AnySnapshots.SECRET_MARK);
    } catch (PartRefused refused) {
      assertThat(refused.getMessage())
          .contains(part.name().toString())
          .doesNotContain(AnySnapshots.SECRET_MARK);
    }
  }

  @Property(tries = 200)
  void partThatIsCutOffIsRefused(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Part part = Parts.of(new AnySnapshots(seed).snapshot()).getFirst();
    byte[] bytes = PartCodec.encode(part);
    byte[] json = gunzip(bytes);
    byte[] lessBytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
    byte[] lessJson = Arrays.copyOf(json, random.nextInt(json.length));

    assertThatThrownBy(() -> PartCodec.decode(part.name(), lessBytes))
        .isInstanceOf(PartRefused.class);
    assertThatThrownBy(() -> PartCodec.decode(part.name(), gzip(lessJson)))
        .isInstanceOf(PartRefused.class);
  }

  @Example
  void bytesThatUnpackToGigabytesAreRefusedAtSixteenMebibytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 512; i++) {
        out.write(blanks);
      }
    }

    assertThat(bytes.size()).isLessThan(PartCodec.MAX_BYTES);
    assertThatThrownBy(() -> PartCodec.decode(PartName.BASE, bytes.toByteArray()))
        .isInstanceOf(PartRefused.class)
        .hasMessageContaining("more than 16777216 bytes unpacked");
  }

  /** Words that the format knows, in a structure that means nothing. */
  private static String nearlyJson(Random random) {
    String[] words = {
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      "\"tokens\"",
      "\"format\"",
      "1",
      "\"part\"",
      "\"tokens-03\"",
      "\"hash\"",
      "null",
      "true",
      "-1.5e9999",
      "\"scopes\"",
      "99999999999999999999",
      "\"\\ud800\"",
      "\"limits\"",
      "\"budget\"",
      "[[[[[[[[[[[[[[[[[[[[",
      "{\"format\":1,\"part\":\"tokens-03\",\"tokens\":["
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i >= 0; i--) {
      text.append(words[random.nextInt(words.length)]);
    }
    return text.toString();
  }

  static byte[] gzip(byte[] json) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(json);
    }
    return bytes.toByteArray();
  }

  static byte[] gunzip(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }
}
