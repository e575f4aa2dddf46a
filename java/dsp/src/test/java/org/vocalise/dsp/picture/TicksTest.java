package org.vocalise.dsp.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TicksTest {
  @Test
  void theyAreRoundNumbersInside() {
    assertEquals(List.of(0.0, 2.0, 4.0, 6.0), Ticks.between(0, 6.05, 5));
    assertEquals(List.of(-80.0, -60.0, -40.0, -20.0, 0.0), Ticks.between(-80, 0, 5));
    assertEquals(List.of(0.0, 1000.0, 2000.0, 3000.0), Ticks.between(0, 3600, 5));
  }

  @Test
  void labelsHaveTheDecimalsOfTheirStep() {
    assertEquals("0.3", Ticks.label(0.1 + 0.2, 0.1));
    assertEquals("0.012", Ticks.label(0.012, 0.002));
    assertEquals("8000", Ticks.label(8000, 2000));
    assertEquals("0", Ticks.label(-0.0, 10));
  }

  @Test
  void linearAxesAreMarkedEvenly() {
    double[] bins = SpectrogramColumns.linear(513, 22050);
    assertEquals(
        List.of(0.0, 2000.0, 4000.0, 6000.0, 8000.0, 10000.0), Ticks.frequencies(bins, 0.05));
    assertEquals((512 / 2 + 0.5) / 513, Ticks.place(bins, 5512.5), 1e-12);
  }

  @Test
  void marksOfMelAxesKeepTheirDistance() {
    double[] centres = new double[80];
    for (int band = 0; band < 80; band++) {
      double mel = 2840.0 * (band + 1) / 81;
      centres[band] = 700 * (Math.pow(10, mel / 2595) - 1);
    }
    List<Double> marks = Ticks.frequencies(centres, 0.05);
    assertTrue(marks.containsAll(List.of(1000.0, 2000.0, 4000.0)), marks.toString());
    for (double a : marks) {
      for (double b : marks) {
        double apart = Math.abs(Ticks.place(centres, a) - Ticks.place(centres, b));
        assertTrue(a == b || apart >= 0.05, a + " and " + b);
      }
    }
  }

  @Test
  void axesOfOneOrTwoRowsHaveMarks() {
    assertEquals(List.of(500.0), Ticks.frequencies(new double[] {500}, 0.05));
    assertEquals(0.5, Ticks.place(new double[] {500}, 500), 1e-12);
    assertTrue(Ticks.frequencies(new double[] {0, 4000}, 0.05).size() >= 3);
  }
}
