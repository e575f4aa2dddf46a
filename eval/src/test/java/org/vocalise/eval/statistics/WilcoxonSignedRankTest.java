package org.vocalise.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against SciPy 1.17.1, {@code scipy.stats.wilcoxon}. */
final class WilcoxonSignedRankTest {
  @Test
  void fewDifferencesWithoutTies() {
    assertResult(31, 0.078125, true, 0.3, -0.1, 0.5, 0.7, 0.2, 1.1, -0.4, 0.9);
  }

  @Test
  void tiesAreCountedOutToo() {
    // SciPy: method=PermutationMethod with all 2^9 choices, zero_method="wilcox".
    assertResult(38, 0.08203125, true, 1, 1, -1, 2, 2, 3, -2, 4, 0, 0, 5);
  }

  @Test
  void fiftyDifferencesAreExact() {
    double[] differences =
        IntStream.range(0, 50).mapToDouble(i -> (i * 7919 % 9973 - 5500) / 8.0).toArray();
    assertResult(554, 0.4262959591146398, true, differences);
    double[] positive = IntStream.range(0, 40).mapToDouble(i -> i + 1).toArray();
    assertResult(820, 1.8189894035458565e-12, true, positive);
  }

  @ParameterizedTest
  @CsvSource({"40, 583, 0.02263320893600752", "44, 724, 0.15968467864749358"})
  void manyDifferencesAreTakenAsNormal(int shift, double smaller, double p) {
    // With zeros and ties; SciPy: method="approx".
    double[] differences =
        IntStream.range(0, 60).mapToDouble(i -> (i * 37 % 101 - shift) / 4.0).toArray();
    WilcoxonSignedRank result = WilcoxonSignedRank.of(differences, new double[60]);
    int n = result.differences();
    assertEquals(Arrays.stream(differences).filter(d -> d != 0).count(), n);
    assertEquals(
        smaller,
        Math.min(result.positiveRanks(), n * (n + 1) / 2.0 - result.positiveRanks()),
        1e-9);
    assertEquals(p, result.p(), 1e-12 * p);
    assertFalse(result.exact());
  }

  @Test
  void equalSeriesDoNotDiffer() {
    assertResult(0, 1, true, 0, 0, 0);
    assertResult(0, 1, true);
  }

  @Test
  void whatCannotBePairedIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> WilcoxonSignedRank.of(new double[] {1}, new double[] {1, 2}));
    assertThrows(
        IllegalArgumentException.class,
        () -> WilcoxonSignedRank.of(new double[] {Double.NaN}, new double[] {1}));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "0.3, 0.7641771556220948",
    "1, 0.31731050786291415",
    "1.96, 0.04999579029644087",
    "2.5, 0.012419330651552265",
    "5, 5.733031437583866e-07",
    "10, 1.523970604832094e-23",
    "30, 9.813427854295816e-198"
  })
  void normalTail(double z, double both) {
    assertEquals(both, 2 * NormalTail.above(z), 1e-12 * both);
  }

  private static void assertResult(double ranks, double p, boolean exact, double... differences) {
    WilcoxonSignedRank result = WilcoxonSignedRank.of(differences, new double[differences.length]);
    assertEquals(ranks, result.positiveRanks());
    assertEquals(p, result.p(), 1e-12 * p);
    assertTrue(result.exact() == exact);
  }
}
