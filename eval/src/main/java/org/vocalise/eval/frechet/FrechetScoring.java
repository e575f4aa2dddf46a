package org.vocalise.eval.frechet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vocalise.eval.embedding.Embedding;
import org.vocalise.eval.metric.UndefinedScoreException;
import org.vocalise.eval.result.FrechetScore;
import org.vocalise.eval.result.Interval;

/**
 * Scores sets of recordings by their Frechet distance from a reference set. The same sets in the
 * same order give the same bits. Immutable.
 */
public final class FrechetScoring {
  /** Below this number of windows a score carries a warning with the noise floor. */
  public static final int ENOUGH_WINDOWS = 2000;

  private static final double NORMAL_95 = 1.959963984540054;

  /**
   * How means are computed.
   *
   * <p>The homework's tool and others take {@code numpy.mean} of float32 vectors, whose rounding is
   * seen in the sixth digit: 7.0219914 in place of 7.0219879 on 7000 windows.
   */
  public enum Means {
    /** In double precision. */
    DOUBLE,

    /** As NumPy does for float32, in the distance of all windows alone. */
    FLOAT
  }

  private final Embedding embedding;
  private final Means means;
  private final long seed;
  private final List<FileWindows> references;
  private final WindowStatistics reference;
  private final FrechetDistance distance;

  /**
   * Prepares for a reference set.
   *
   * @param embedding what made the vectors
   * @param references of every file, in the order of their names
   * @param seed of the subsets for the extrapolation and the noise floor
   * @throws UndefinedScoreException if there are fewer than two windows
   */
  public FrechetScoring(Embedding embedding, List<FileWindows> references, Means means, long seed)
      throws UndefinedScoreException {
    this.embedding = embedding;
    this.means = means;
    this.seed = seed;
    this.references = List.copyOf(references);
    reference = statistics(references, "references");
    distance = new FrechetDistance(reference);
  }

  private WindowStatistics statistics(List<FileWindows> files, String what)
      throws UndefinedScoreException {
    WindowStatistics all = WindowStatistics.of(files, embedding.dimensions());
    if (all.count() < 2) {
      throw new UndefinedScoreException(
          "%d windows of %s in the %s, and 2 are the least: longer recordings are needed"
              .formatted(all.count(), embedding.name(), what));
    }
    return all;
  }

  /** All that decides the scores, in a fixed order, as a report names it. */
  public Map<String, Object> definition() {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("embedding", embedding.name());
    definition.putAll(embedding.settings());
    definition.put("means", means == Means.DOUBLE ? "float64" : "float32, as numpy.mean");
    definition.put("covariance", "divided by n - 1, float64");
    definition.put("square_root", "symmetric eigenvalues");
    definition.put(
        "infinity",
        "line over 1/n; 12 sizes from twice the dimensions to all; subsets without replacement");
    definition.put("interval", "95 %, jackknife over synthesised files and scatter of the line");
    definition.put("seed", seed);
    return definition;
  }

  /**
   * Scores a set.
   *
   * @param files vectors of every synthesised file, in the order of their names
   * @throws UndefinedScoreException if there are fewer than two windows
   */
  public FrechetScore score(List<FileWindows> files)
      throws UndefinedScoreException, InterruptedException {
    WindowStatistics set = statistics(files, "synthesised recordings");
    double value = distance.to(set);
    double told = means == Means.DOUBLE ? value : distance.to(set, floatMeanTerm(files));
    Map<String, Double> contributions = contributions(files, set, value);
    Double infinity = null;
    Interval interval = null;
    if (FrechetInfinity.isPossible(set.count(), embedding.dimensions())) {
      FrechetInfinity line = FrechetInfinity.of(distance, files, seed);
      infinity = line.value();
      interval = interval(line, contributions.values());
    }
    return new FrechetScore(
        embedding.name(),
        embedding.settings().get("weights_sha256") instanceof String hash ? hash : null,
        told,
        infinity,
        interval,
        set.count(),
        reference.count(),
        contributions,
        warnings(set));
  }

  private double floatMeanTerm(List<FileWindows> files) {
    return FloatMeans.squaredDistance(references, files, embedding.dimensions());
  }

  /** Change of the distance when a file is left out; files without windows change nothing. */
  private Map<String, Double> contributions(
      List<FileWindows> files, WindowStatistics set, double value) throws InterruptedException {
    Map<String, Double> changes = new TreeMap<>();
    FrechetDistance.Removal removal = distance.removalFrom(set);
    for (FileWindows file : files) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (file.windows() > 0 && set.count() - file.windows() >= 2) {
        changes.put(file.name(), removal.without(file) - value);
      }
    }
    return changes;
  }

  /**
   * Which files were synthesised, and which windows of them the line saw, is chance; both count.
   */
  private static @Nullable Interval interval(FrechetInfinity line, Iterable<Double> changes) {
    int n = 0;
    double sum = 0;
    double squares = 0;
    for (double change : changes) {
      n++;
      sum += change;
      squares += change * change;
    }
    if (n < 2) {
      return null;
    }
    double jackknife = (n - 1.0) / n * Math.max(0, squares - sum * sum / n);
    double error = Math.sqrt(jackknife + line.standardError() * line.standardError());
    double half = NORMAL_95 * error;
    return new Interval(line.value() - half, line.value() + half);
  }

  private List<String> warnings(WindowStatistics set) {
    List<String> warnings = new ArrayList<>();
    long fewest = Math.min(set.count(), reference.count());
    if (fewest < ENOUGH_WINDOWS) {
      int half = (int) Math.min(fewest, reference.count() / 2);
      OptionalDouble floor = NoiseFloor.of(references, half, seed);
      String apart =
          floor.isPresent()
              ? String.format(
                  Locale.ROOT,
                  "two random halves of the references, %d windows each, are already %.3g apart",
                  half,
                  floor.getAsDouble())
              : "there are too few to tell the noise";
      warnings.add("%d windows, and %d are wanted: %s".formatted(fewest, ENOUGH_WINDOWS, apart));
    }
    if (fewest <= embedding.dimensions()) {
      warnings.add(
          "%d windows of %d dimensions: the covariance is singular, the distance says little"
              .formatted(fewest, embedding.dimensions()));
    }
    return warnings;
  }
}
