package org.vocalise.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class SeriesTest {
  @Test
  void ratiosArePairedByRepeat() {
    Series slow = series(8, 2, 6);
    Series fast = series(2, 1, 1);
    Series ratio = slow.over(fast);
    assertEquals(2, ratio.min());
    assertEquals(4, ratio.median());
    assertEquals(6, ratio.max());
  }

  @Test
  void medianOfAnEvenNumberIsTheMeanOfTheMiddle() {
    assertEquals(2.5, series(9, 1, 2, 3).median());
  }

  private static Series series(double... values) {
    Series series = new Series();
    for (double value : values) {
      series.add(value);
    }
    return series;
  }
}
