package io.keyfront.protocols.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ByteScanProperties {

  @Property(tries = 5_000)
  void searchFindsWhatLookingAtEachByteFinds(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[random.nextInt(60)];
    boolean anything = random.nextBoolean();
    for (int i = 0; i < bytes.length; i++) {
      String few = "aaaaaaaaaaaaaaaaaaaaaaaaaaaa\200\377\242\"\n\r\\\037\40!";
      bytes[i] = (byte) (anything ? random.nextInt() : few.charAt(random.nextInt(few.length())));
    }
    int to = random.nextInt(bytes.length + 1);
    int from = random.nextInt(to + 1);

    assertThat(ByteScan.stringEnd(bytes, from, to)).isEqualTo(stringEnd(bytes, from, to));
    assertThat(ByteScan.lineEnd(bytes, from, to)).isEqualTo(lineEnd(bytes, from, to));
  }

  private static int stringEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '"' && bytes[at] != '\\' && (bytes[at] < 0 || bytes[at] >= 32)) {
      at++;
    }
    return at;
  }

  private static int lineEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    return at;
  }
}
