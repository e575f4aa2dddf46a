package org.vocalise.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vocalise.eval.result.Interval;

final class BootstrapTest {
  @Test
  void intervalOfManyNormalValuesIsTheOneOfTheory() {
    Random random = new Random(3);
    double[] values = random.doubles(400).map(x -> 5 + 2 * (x - 0.5)).toArray();
    double mean = 0;
    double squares = 0;
    for (double value : values) {
      mean += value / 400;
      squares += value * value / 400;
    }
    double error = Math.sqrt((squares - mean * mean) / 400);
    Interval interval = interval(values);
    assertEquals(mean - 1.96 * error, interval.low(), 0.1 * error);
    assertEquals(mean + 1.96 * error, interval.high(), 0.1 * error);
  }

  @Test
  void intervalOfTwoValuesIsTheirRange() {
    // A quarter of the resamples take the same value twice.
    assertEquals(new Interval(1, 3), interval(3, 1));
  }

  @Test
  void sameValuesGiveTheSameInterval() {
    // As computed once: a change of the resamples changes every published interval.
    assertEquals(new Interval(1.8, 4.2), interval(1, 2, 3, 4, 5));
    Interval interval = interval(0.11, 0.27, 0.53, 0.97, 1.61, 2.71, 4.13);
    assertEquals(0.5613571428571429, interval.low(), 1e-15);
  }

  @Test
  void shiftingAndScalingTheValuesDoesTheSameToTheInterval() {
    Interval one = interval(0.5, 1, 4, 2);
    Interval other = interval(5, 6, 12, 8);
    assertEquals(4 + 2 * one.low(), other.low(), 1e-12);
    assertEquals(4 + 2 * one.high(), other.high(), 1e-12);
  }

  @Test
  void tooFewOrImpossibleValues() {
    assertNull(Bootstrap.meanInterval(new double[0]));
    assertNull(Bootstrap.meanInterval(new double[] {1}));
    assertThrows(
        IllegalArgumentException.class, () -> Bootstrap.meanInterval(new double[] {1, Double.NaN}));
  }

  @Test
  void everyValueIsDrawnAsOften() {
    double[] first = new double[7];
    first[0] = 1;
    double[] last = new double[7];
    last[6] = 1;
    assertTrue(interval(first).high() >= 3 / 7.0);
    assertEquals(interval(first), interval(last));
  }

  private static Interval interval(double... values) {
    Interval interval = Bootstrap.meanInterval(values);
    assertNotNull(interval);
    return interval;
  }
}
