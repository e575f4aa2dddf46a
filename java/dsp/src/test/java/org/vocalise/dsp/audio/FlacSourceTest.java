package org.vocalise.dsp.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.SharedData;
import org.vocalise.dsp.audio.FlacEncoder.Coding;
import org.vocalise.dsp.audio.FlacEncoder.Kind;
import org.vocalise.dsp.io.InputException;

class FlacSourceTest {
  @TempDir private Path folder;

  /** A walk with steps of up to a 64th of full scale. */
  private static long[][] walk(int channels, int length, int bits, int wasted, long seed) {
    Random random = new Random(seed);
    long bound = 1L << (bits - 1 - wasted);
    long step = Math.max(1, bound / 64);
    long[][] samples = new long[channels][length];
    for (long[] channel : samples) {
      long value = 0;
      for (int i = 0; i < length; i++) {
        value += (long) (random.nextDouble() * (2 * step + 1)) - step;
        value = Math.max(-bound, Math.min(bound - 1, value));
        channel[i] = value << wasted;
      }
    }
    return samples;
  }

  private void assertDecodes(long[][] samples, int bits, byte[] flac) throws IOException {
    Path file = Files.write(folder.resolve("a.flac"), flac);
    float[] expected = new float[samples[0].length];
    for (int i = 0; i < expected.length; i++) {
      float sum = 0;
      for (long[] channel : samples) {
        sum += (float) channel[i] / (float) (1L << (bits - 1));
      }
      expected[i] = sum / samples.length;
    }
    assertArrayEquals(expected, AudioFiles.read(file).samples());
    try (AudioFileSource source = AudioFiles.open(file)) {
      assertEquals(22050, source.sampleRate());
      assertEquals(samples.length, source.channels());
      assertEquals(List.of(), readAll(source));
    }
  }

  private static List<String> readAll(AudioFileSource source) throws IOException {
    float[] block = new float[1000];
    int read;
    do {
      read = source.read(block, 0, block.length);
    } while (read >= 0);
    return source.warnings();
  }

  private String refusal(byte[] flac) throws IOException {
    Path file = Files.write(folder.resolve("a.flac"), flac);
    String message =
        String.valueOf(
            assertThrows(InputException.class, () -> AudioFiles.read(file)).getMessage());
    return message.substring(file.toString().length() + 2);
  }

  private List<String> warnings(byte[] flac) throws IOException {
    Path file = Files.write(folder.resolve("a.flac"), flac);
    try (AudioFileSource source = AudioFiles.open(file)) {
      return readAll(source);
    }
  }

  static Stream<Coding> codings() {
    List<Coding> all = new ArrayList<>();
    all.add(Coding.of(Kind.VERBATIM, 0));
    all.add(new Coding(Kind.VERBATIM, 0, 0, 0, false, 2));
    for (int method = 0; method < 2; method++) {
      for (int order = 0; order <= 4; order++) {
        all.add(new Coding(Kind.FIXED, order, method, 2, false, 0));
        all.add(new Coding(Kind.FIXED, order, method, 3, true, 0));
      }
      for (int order : new int[] {1, 2, 5, 8, 12, 31, 32}) {
        all.add(new Coding(Kind.LINEAR, order, method, 0, false, 0));
        all.add(new Coding(Kind.LINEAR, order, method, 4, false, 1));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("codings")
  void decodesEveryPredictorAndResidualCoding(Coding coding) throws IOException {
    for (int bits : new int[] {8, 16, 24}) {
      long[][] samples = walk(1, 4096, bits, coding.wasted(), bits);
      byte[] flac = new FlacEncoder(22050, 1, bits).frame(samples, 0, coding).bytes(true, true);
      assertDecodes(samples, bits, flac);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 7, 12, 20, 31, 32})
  void decodesEveryStereoModeAtEveryDepth(int bits) throws IOException {
    for (int code : new int[] {0, 8, 9, 10}) {
      for (Coding coding : List.of(Coding.of(Kind.VERBATIM, 0), riceOfFiveBits())) {
        long[][] samples = walk(2, 1152, bits, 0, bits);
        byte[] flac =
            new FlacEncoder(22050, 2, bits).frame(samples, code, coding).bytes(true, true);
        assertDecodes(samples, bits, flac);
      }
    }
  }

  private static Coding riceOfFiveBits() {
    return new Coding(Kind.FIXED, 2, 1, 1, false, 0);
  }

  @Test
  void averagesEightChannels() throws IOException {
    long[][] samples = walk(8, 600, 16, 0, 3);
    Coding coding = Coding.of(Kind.FIXED, 1);
    assertDecodes(
        samples, 16, new FlacEncoder(22050, 8, 16).frame(samples, 0, coding).bytes(true, true));
  }

  @Test
  void joinsFramesOfChangingLengthWithoutKnowingTheirNumber() throws IOException {
    long[][] samples = walk(2, 100_000, 16, 0, 5);
    FlacEncoder encoder = new FlacEncoder(22050, 2, 16);
    int[] lengths = {1, 15, 4608, 65535, 16, 29825};
    int from = 0;
    for (int length : lengths) {
      long[][] part = {
        Arrays.copyOfRange(samples[0], from, from + length),
        Arrays.copyOfRange(samples[1], from, from + length)
      };
      Coding coding = length < 16 ? Coding.of(Kind.VERBATIM, 0) : Coding.of(Kind.LINEAR, 8);
      encoder.frame(part, FlacEncoder.MID_SIDE, coding);
      from += length;
    }
    assertDecodes(samples, 16, encoder.bytes(false, false));
  }

  @Test
  void decodesConstantsAndExtremes() throws IOException {
    long[][] constant = {new long[1000]};
    Arrays.fill(constant[0], -12345);
    Coding coding = Coding.of(Kind.CONSTANT, 0);
    assertDecodes(
        constant, 16, new FlacEncoder(22050, 1, 16).frame(constant, 0, coding).bytes(true, true));
    long[][] extreme = new long[2][64];
    for (int i = 0; i < 64; i++) {
      extreme[0][i] = i % 2 == 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
      extreme[1][i] = -1 - extreme[0][i];
    }
    for (int code : new int[] {8, 9, 10}) {
      Coding verbatim = Coding.of(Kind.VERBATIM, 0);
      assertDecodes(
          extreme,
          32,
          new FlacEncoder(22050, 2, 32).frame(extreme, code, verbatim).bytes(true, true));
    }
    long[][] spike = {new long[256]};
    spike[0][200] = 32767;
    Coding unary = Coding.of(Kind.FIXED, 0);
    assertDecodes(
        spike, 16, new FlacEncoder(22050, 1, 16).frame(spike, 0, unary).bytes(true, true));
  }

  private static byte[] threeFrames() {
    FlacEncoder encoder = new FlacEncoder(22050, 1, 16);
    for (int i = 0; i < 3; i++) {
      encoder.frame(walk(1, 4096, 16, 0, i), 0, Coding.of(Kind.LINEAR, 8));
    }
    return encoder.bytes(true, true);
  }

  @Test
  void passesOverATagBeforeTheStream() throws IOException {
    byte[] flac = threeFrames();
    byte[] tagged = new byte[flac.length + 310];
    System.arraycopy(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 2, 44}, 0, tagged, 0, 10);
    System.arraycopy(flac, 0, tagged, 310, flac.length);
    assertEquals(List.of(), warnings(tagged));
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    byte[] flac = threeFrames();
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = flac.clone();
      int at = 51 + random.nextInt(flac.length - 51);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      String message = refusal(damaged);
      assertTrue(message.startsWith("byte "), message);
    }
  }

  @Test
  void refusesCutFilesWhereverTheyAreCut() throws IOException {
    byte[] flac = threeFrames();
    Random random = new Random(2);
    for (int i = 0; i < 200; i++) {
      int length = 4 + random.nextInt(flac.length - 4);
      String message = refusal(Arrays.copyOf(flac, length));
      assertTrue(message.startsWith("byte "), message);
    }
  }

  @Test
  void namesThePlaceWhereNoFrameFollows() throws IOException {
    byte[] flac = threeFrames();
    int second = indexOfFrame(flac, 52);
    byte[] damaged = flac.clone();
    damaged[second] = 0;
    String message = refusal(damaged);
    assertEquals(
        "byte "
            + second
            + ": no frame begins here, but more should follow, after 4096 of 12288"
            + " samples; it is cut off or damaged",
        message);
    assertTrue(refusal(Arrays.copyOf(flac, second)).contains("the file ends, after 4096 of 12288"));
  }

  private static int indexOfFrame(byte[] flac, int from) {
    int at = from;
    while (flac[at] != (byte) 0xFF || flac[at + 1] != (byte) 0xF9 || flac[at + 2] != 0x70) {
      at++;
    }
    return at;
  }

  @Test
  void warnsOfAWrongSumAndOfTrailingBytes() throws IOException {
    byte[] flac = threeFrames();
    flac[30] ^= 1;
    assertTrue(warnings(flac).get(0).contains("MD5"));
    byte[] longer = Arrays.copyOf(threeFrames(), threeFrames().length + 128);
    assertTrue(warnings(longer).get(0).contains("follows the last frame"));
  }

  @Test
  void decodesRecordingsToTheirOwnSum() throws IOException {
    for (String name : List.of("singing_open", "loops")) {
      try (Stream<Path> files = Files.list(SharedData.path(name))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".flac")).limit(12).toList()) {
          try (AudioFileSource source = AudioFiles.open(file)) {
            assertEquals(List.of(), readAll(source));
          }
        }
      }
    }
  }
}
