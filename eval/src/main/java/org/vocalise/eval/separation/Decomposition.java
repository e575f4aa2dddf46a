package org.vocalise.eval.separation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Vincent, Gribonval, Fevotte 2006; Liutkus, Stoter, Ito 2018. With s the true source, p the
 * estimate's projection on the delayed channels of that source and q its projection on those of all
 * sources: e_spat = p - s, e_interf = q - p, e_artif = estimate - q. Only energies are needed, and
 * they are collected while the segment passes by.
 */

/**
 * Energies of the parts of every estimate over one segment of the recordings; beyond its ends
 * everything counts as silent, so that the filters ring out behind it. Not thread-safe.
 */
final class Decomposition {
  private static final int TRUE = 0;
  private static final int FILTERED = 1;
  private static final int SPATIAL = 2;
  private static final int INTERFERENCE = 3;
  private static final int SPANNED = 4;
  private static final int ARTIFACTS = 5;
  private static final int ERROR = 6;
  private static final int FILTERED_ERROR = 7;
  private static final int PARTS = 8;

  private final SourceFilters filters;
  private final int sources;
  private final int channels;
  private final double[][] spannedTail;
  private final double[][][] ownTail;
  private final double[][][] energies;
  private final boolean[] heard;
  private final double[] spanned;
  private final double[] own;

  Decomposition(SourceFilters filters) {
    this.filters = filters;
    sources = filters.sources();
    channels = filters.channels();
    int tail = filters.bank().tail();
    spannedTail = new double[sources * channels][tail];
    ownTail = new double[sources][sources * channels][tail];
    energies = new double[sources][sources][PARTS];
    heard = new boolean[2 * sources];
    spanned = new double[filters.bank().longest() + tail];
    own = new double[filters.bank().longest() + tail];
  }

  /** Adds frames of a block {@code [rows]}, references before estimates. */
  void add(float[][] block, int offset, int length) {
    FilterBank bank = filters.bank();
    for (int done = 0; done < length; done += bank.longest()) {
      int count = Math.min(length - done, bank.longest());
      listen(block, offset + done, count);
      bank.load(block, offset + done, count);
      step(block, offset + done, count);
    }
  }

  /**
   * Lets the filters ring out and judges.
   *
   * @param criterion which definition
   * @return null if a source or an estimate is silent in the segment
   */
  @Nullable ScoreMatrix finish(BssOptions.Criterion criterion) {
    for (boolean one : heard) {
      if (!one) {
        return null;
      }
    }
    int tail = filters.bank().tail();
    float[][] silence = new float[2 * sources * channels][tail];
    filters.bank().load(silence, 0, tail);
    step(silence, 0, tail);
    List<List<SourceScore>> scores = new ArrayList<>();
    for (double[][] estimates : energies) {
      scores.add(Arrays.stream(estimates).map(parts -> score(parts, criterion)).toList());
    }
    return new ScoreMatrix(scores);
  }

  private static SourceScore score(double[] part, BssOptions.Criterion criterion) {
    double sir = decibels(part[FILTERED], part[INTERFERENCE]);
    double sar = decibels(part[SPANNED], part[ARTIFACTS]);
    return switch (criterion) {
      case SOURCES ->
          new SourceScore(decibels(part[FILTERED], part[FILTERED_ERROR]), Double.NaN, sir, sar);
      case IMAGES ->
          new SourceScore(
              decibels(part[TRUE], part[ERROR]), decibels(part[TRUE], part[SPATIAL]), sir, sar);
    };
  }

  private static double decibels(double signal, double error) {
    return error == 0 ? Double.POSITIVE_INFINITY : 10 * StrictMath.log10(signal / error);
  }

  private void listen(float[][] block, int offset, int length) {
    for (int row = 0; row < block.length; row++) {
      for (int i = 0; i < length && !heard[row / channels]; i++) {
        heard[row / channels] = block[row][offset + i] != 0;
      }
    }
  }

  private void step(float[][] block, int offset, int length) {
    for (int e = 0; e < sources; e++) {
      for (int c = 0; c < channels; c++) {
        int row = e * channels + c;
        overlap(filters.spanned(row), spannedTail[row], length, spanned);
        for (int j = 0; j < sources; j++) {
          if (filters.judges(j, e)) {
            overlap(filters.own(j, row), ownTail[j][row], length, own);
            float[] truth = block[j * channels + c];
            float[] estimate = block[(sources + e) * channels + c];
            measure(truth, estimate, offset, length, energies[j][e]);
          }
        }
      }
    }
  }

  /** Filters the loaded block and joins it to what the blocks before left over. */
  private void overlap(FilterBank.Output output, double[] tail, int length, double[] result) {
    double[] filtered = filters.bank().filter(output);
    System.arraycopy(filtered, 0, result, 0, length + tail.length);
    for (int i = 0; i < tail.length; i++) {
      result[i] += tail[i];
    }
    System.arraycopy(result, length, tail, 0, tail.length);
  }

  private void measure(float[] truth, float[] estimate, int offset, int length, double[] energy) {
    double[] sums = new double[PARTS];
    for (int i = 0; i < length; i++) {
      double s = truth[offset + i];
      double x = estimate[offset + i];
      double p = own[i];
      double q = spanned[i];
      sums[TRUE] += s * s;
      sums[FILTERED] += p * p;
      sums[SPATIAL] += (p - s) * (p - s);
      sums[INTERFERENCE] += (q - p) * (q - p);
      sums[SPANNED] += q * q;
      sums[ARTIFACTS] += (x - q) * (x - q);
      sums[ERROR] += (x - s) * (x - s);
      sums[FILTERED_ERROR] += (x - p) * (x - p);
    }
    Arrays.setAll(energy, i -> energy[i] + sums[i]);
  }
}
