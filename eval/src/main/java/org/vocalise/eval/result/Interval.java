package org.vocalise.eval.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** A confidence interval of 95 %; in JSON {@code [low, high]}. */
public record Interval(double low, double high) {
  /** Reads {@code [low, high]}. */
  @JsonCreator
  public static Interval of(List<Double> bounds) {
    if (bounds.size() != 2) {
      throw new IllegalArgumentException("an interval has 2 bounds, not " + bounds.size());
    }
    return new Interval(bounds.get(0), bounds.get(1));
  }

  /** The bounds as JSON holds them. */
  @JsonValue
  public List<Double> bounds() {
    return List.of(low, high);
  }
}
