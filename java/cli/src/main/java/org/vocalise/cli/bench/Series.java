package org.vocalise.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One figure, measured several times. Not thread-safe. */
public final class Series {
  private final List<Double> values = new ArrayList<>();

  /** Adds a measurement. */
  public void add(double value) {
    values.add(value);
  }

  /** Quotients of this figure and another of the same repeats, pair by pair. */
  public Series over(Series other) {
    Series ratios = new Series();
    for (int i = 0; i < values.size(); i++) {
      ratios.add(values.get(i) / other.values.get(i));
    }
    return ratios;
  }

  /** The smallest. */
  public double min() {
    return sorted()[0];
  }

  /** The middle one; of an even number, the mean of the two in the middle. */
  public double median() {
    double[] sorted = sorted();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The largest. */
  public double max() {
    return sorted()[values.size() - 1];
  }

  /** Smallest, middle and largest, for a program. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("min", min());
    map.put("median", median());
    map.put("max", max());
    return map;
  }

  /** Smallest, middle and largest, for a person. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%9.4g %9.4g %9.4g", min(), median(), max());
  }

  private double[] sorted() {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
