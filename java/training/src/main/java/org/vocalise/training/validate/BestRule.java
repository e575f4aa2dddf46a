package org.vocalise.training.validate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What makes one validation better than another: a metric, or a weighted sum of some. Lower is
 * better, as it is for each of them.
 *
 * @param weights of the metrics, positive, by their keys; at least one
 */
public record BestRule(Map<String, Double> weights) {
  /** Metrics that a validation has, and a rule may name. */
  public static final List<String> METRICS =
      List.of("m_stft", "f0_off_50_cents", "f0_mae_cents", "f0_median_cents", "frechet");

  /** Checks the metrics. */
  public BestRule {
    weights = Map.copyOf(weights);
  }

  /**
   * Reads a rule.
   *
   * @param text like {@code m_stft} or {@code m_stft=1,f0_off_50_cents=2}
   * @throws IllegalArgumentException if it names no metric, an unknown one, or an impossible weight
   */
  public static BestRule parse(String text) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String term : text.split(",", -1)) {
      int equals = term.indexOf('=');
      String key = (equals < 0 ? term : term.substring(0, equals)).strip();
      if (!METRICS.contains(key)) {
        throw new IllegalArgumentException(
            "no metric '%s' to choose the best by; there are %s"
                .formatted(key, String.join(", ", METRICS)));
      }
      double weight = equals < 0 ? 1 : weight(key, term.substring(equals + 1).strip());
      if (weights.put(key, weight) != null) {
        throw new IllegalArgumentException("'" + text + "' names " + key + " twice");
      }
    }
    return new BestRule(weights);
  }

  private static double weight(String key, String text) {
    double weight;
    try {
      weight = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      weight = Double.NaN;
    }
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "weight '%s' of %s is no positive number: %s=0.5 is one".formatted(text, key, key));
    }
    return weight;
  }

  /** The value of a validation; none where one of the metrics is missing. */
  public OptionalDouble value(Map<String, Double> scores) {
    double sum = 0;
    for (String key : METRICS) {
      Double weight = weights.get(key);
      if (weight != null) {
        Double score = scores.get(key);
        if (score == null) {
          return OptionalDouble.empty();
        }
        sum += weight * score;
      }
    }
    return OptionalDouble.of(sum);
  }

  /** The rule in the form in which {@link #parse} reads it. */
  public String text() {
    List<String> terms = new ArrayList<>();
    for (String key : METRICS) {
      Double weight = weights.get(key);
      if (weight != null) {
        terms.add(weight == 1 ? key : key + "=" + weight);
      }
    }
    return String.join(",", terms);
  }
}
