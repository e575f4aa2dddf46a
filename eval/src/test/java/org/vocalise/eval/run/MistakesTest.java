package org.vocalise.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MistakesTest {
  private static final int RATE = TestSignals.RATE;
  private static final float[] SUNG = TestSignals.sung(3 * RATE);

  @TempDir private Path folder;

  @Test
  void whatIsInOrderHasNoFlags() throws Exception {
    assertEquals(List.of(), flags(SUNG, TestSignals.scaled(SUNG, 0.72)));
    assertEquals(List.of(), flags(SUNG, TestSignals.shifted(SUNG, 31)));
    assertEquals(List.of(), flags(SUNG, Arrays.copyOf(SUNG, SUNG.length - 600)));
  }

  @Test
  void levelsThreeDecibelsApart() throws Exception {
    assertFlagged("3.0 dB softer", flags(SUNG, TestSignals.scaled(SUNG, 0.7079)));
    assertFlagged("6.0 dB louder", flags(SUNG, TestSignals.scaled(SUNG, 2)));
  }

  @Test
  void shiftsOfThirtyTwoSamples() throws Exception {
    assertFlagged("about 32 samples (1.5 ms) late", flags(SUNG, TestSignals.shifted(SUNG, 32)));
    assertFlagged("about 128 samples (5.8 ms) early", flags(SUNG, TestSignals.shifted(SUNG, -128)));
  }

  @Test
  void silence() throws Exception {
    float[] faint = TestSignals.scaled(SUNG, 0.003);
    assertFlagged("synthesis is silent: it holds zeros only", flags(SUNG, new float[SUNG.length]));
    assertFlagged("reference is silent: its level is -", flags(faint, SUNG));
  }

  @Test
  void clippingInRunsOfThree() throws Exception {
    float[] clipped = TestSignals.scaled(SUNG, 0.9);
    Arrays.fill(clipped, 1000, 1004, 1);
    Arrays.fill(clipped, 2000, 2003, -1);
    Arrays.fill(clipped, 3000, 3002, 1);
    assertFlagged("the synthesis is clipped: 7 samples", flags(SUNG, clipped));
  }

  @Test
  void lengthsOnePercentApartAndRatesThatExplainThem() throws Exception {
    List<String> flags = flags(SUNG, Arrays.copyOf(SUNG, SUNG.length - 700));
    assertFlagged("lasts 2.97 s, the reference 3.00 s, 1.1 % apart", flags);
    float[] stretched = Arrays.copyOf(SUNG, (int) (SUNG.length * 24_000L / RATE));
    assertFlagged("8.8 % apart, as 24000 to 22050", flags(SUNG, stretched));
  }

  @Test
  void ratesAndChannels() throws Exception {
    Path reference = TestSignals.write(folder.resolve("r.wav"), 16_000, SUNG);
    Path synthesis = TestSignals.write(folder.resolve("s.wav"), 44_100, SUNG);
    List<String> flags = flags(reference, synthesis, Map.of());
    assertFlagged("the synthesis has 44100 Hz, not 22050", flags);
    assertFlagged("the reference has 16000 Hz, less than 22050", flags);
    assertFlagged("was a wrong sample rate written?", flags);
  }

  @Test
  void copiesOfTheReference() throws Exception {
    assertFlagged("the files are identical", flags(SUNG, SUNG));
    Path file = TestSignals.write(folder.resolve("r.wav"), RATE, SUNG);
    assertFlagged("the files are identical", flags(file, file, Map.of()));
  }

  @Test
  void anotherSongAndF0FarOff() throws Exception {
    assertFlagged("is it the right file?", flags(SUNG, TestSignals.noise(SUNG.length, 3)));
    Path reference = TestSignals.write(folder.resolve("r.wav"), RATE, SUNG);
    Path synthesis =
        TestSignals.write(folder.resolve("s.wav"), RATE, TestSignals.scaled(SUNG, 0.9));
    assertFlagged(
        "log2f0_mean is 4.1 semitones", flags(reference, synthesis, Map.of("log2f0_mean", 4.1)));
    assertEquals(List.of(), flags(reference, synthesis, Map.of("log2f0_mean", 3.9)));
  }

  private List<String> flags(float[] reference, float[] synthesis) throws Exception {
    return flags(
        TestSignals.write(folder.resolve("r.wav"), RATE, reference),
        TestSignals.write(folder.resolve("s.wav"), RATE, synthesis),
        Map.of());
  }

  private List<String> flags(Path reference, Path synthesis, Map<String, Double> scores)
      throws Exception {
    Protocol protocol = new CleanProtocol(RATE);
    FeatureCache cache = new FeatureCache(folder.resolve("cache"), warning -> {});
    PairLoader loader =
        new PairLoader(protocol, new StandIns().tracker, new Features(protocol, cache, "test"));
    return Mistakes.of(loader.load(new PairedFile("a", reference, synthesis)), scores);
  }

  private static void assertFlagged(String expected, List<String> flags) {
    assertTrue(flags.stream().anyMatch(flag -> flag.contains(expected)), flags.toString());
  }
}
