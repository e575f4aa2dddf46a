package org.vocalise.eval.separation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;

/*
 * Two passes over the files: the first collects correlations, from which the filters come; the
 * second filters the references block by block and collects energies, in as many windows at once as
 * overlap. With filters of each window the window itself is held and passed twice.
 */

/**
 * BSS Eval: SDR, ISR, SIR and SAR of separated sources, as mir_eval (v3) and museval (v4) compute
 * them, in memory that does not depend on the length of the recordings (with filters of each
 * window: on that of a window). Thread-safe.
 */
public final class BssEval {
  /** More references than any separation task has: a mistake, and matrices that fill the memory. */
  private static final int MOST_ROWS = 16;

  private static final int BLOCK = 1 << 15;

  private final BssOptions options;

  /** Prepares one of the definitions. */
  public BssEval(BssOptions options) {
    this.options = options;
  }

  /**
   * Scores estimates against references.
   *
   * @param references true sources, of one rate, length and number of channels
   * @param estimates as many, of the same shape
   * @throws InputException if shapes do not fit, or a track is silent throughout: then no score is
   *     defined
   * @throws IllegalArgumentException if there are not as many estimates as references, or too many
   * @throws InterruptedException if the thread is interrupted
   */
  public BssScores score(List<Track> references, List<Track> estimates)
      throws IOException, InterruptedException {
    if (references.isEmpty() || references.size() != estimates.size()) {
      throw new IllegalArgumentException(
          references.size() + " references and " + estimates.size() + " estimates: give as many");
    }
    List<Track> tracks = new ArrayList<>(references);
    tracks.addAll(estimates);
    Shape shape = new Shape(references.size());
    double[][][] correlations = shape.correlate(tracks, options.taps());
    List<@Nullable ScoreMatrix> found = new ArrayList<>();
    if (options.filtersPerWindow()) {
      scoreOwnFilters(tracks, shape, found);
    } else {
      SourceFilters filters = new SourceFilters(correlations, references.size(), options);
      scoreWindows(tracks, shape, filters, found);
    }
    return Assignment.of(found, references.size(), options);
  }

  /** Scores windows with the filters of the whole. */
  private void scoreWindows(
      List<Track> tracks, Shape shape, SourceFilters filters, List<@Nullable ScoreMatrix> found)
      throws IOException, InterruptedException {
    Windows windows = new Windows(options, shape.sampleRate, shape.frames);
    Deque<Decomposition> open = new ArrayDeque<>();
    int first = 0;
    int next = 0;
    try (TrackBlocks blocks = TrackBlocks.open(tracks)) {
      float[][] block = new float[blocks.rows()][BLOCK];
      long position = 0;
      for (int read = blocks.read(block, 0, BLOCK); read > 0; read = blocks.read(block, 0, BLOCK)) {
        checkInterrupt();
        while (next < windows.count() && windows.start(next) < position + read) {
          open.addLast(new Decomposition(filters));
          next++;
        }
        int window = first;
        for (Decomposition decomposition : open) {
          long from = Math.max(position, windows.start(window));
          long to = Math.min(position + read, windows.end(window));
          if (to > from) {
            decomposition.add(block, (int) (from - position), (int) (to - from));
          }
          window++;
        }
        position += read;
        while (!open.isEmpty() && windows.end(first) <= position) {
          found.add(open.removeFirst().finish(options.criterion()));
          first++;
        }
      }
    }
  }

  /** Scores windows with filters of their own. */
  private void scoreOwnFilters(List<Track> tracks, Shape shape, List<@Nullable ScoreMatrix> found)
      throws IOException, InterruptedException {
    Windows windows = new Windows(options, shape.sampleRate, shape.frames);
    int length = Math.toIntExact(windows.end(0) - windows.start(0));
    try (TrackBlocks blocks = TrackBlocks.open(tracks)) {
      // One frame more: with a hop that is no whole number of frames lengths differ by one.
      float[][] window = new float[blocks.rows()][length + 1];
      long start = 0;
      int filled = 0;
      for (int w = 0; w < windows.count(); w++) {
        checkInterrupt();
        int drop = Math.toIntExact(Math.min(filled, windows.start(w) - start));
        for (float[] row : window) {
          System.arraycopy(row, drop, row, 0, filled - drop);
        }
        filled -= drop;
        start += drop;
        while (start < windows.start(w)) {
          int skip = (int) Math.min(length, windows.start(w) - start);
          start += blocks.read(window, 0, skip);
        }
        int wanted = Math.toIntExact(windows.end(w) - start);
        filled += blocks.read(window, filled, wanted - filled);
        found.add(shape.silent(window, wanted) ? null : scoreWindow(window, wanted, shape.sources));
      }
    }
  }

  private @Nullable ScoreMatrix scoreWindow(float[][] window, int length, int sources) {
    Correlations correlations = new Correlations(window.length / 2, window.length, options.taps());
    correlations.add(window, 0, length);
    Decomposition decomposition =
        new Decomposition(new SourceFilters(correlations.finish(), sources, options));
    decomposition.add(window, 0, length);
    return decomposition.finish(options.criterion());
  }

  private static void checkInterrupt() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** What the first pass finds out. */
  private static final class Shape {
    final int sources;
    int sampleRate;
    int channels;
    long frames;

    Shape(int sources) {
      this.sources = sources;
    }

    double[][][] correlate(List<Track> tracks, int taps) throws IOException, InterruptedException {
      try (TrackBlocks blocks = TrackBlocks.open(tracks)) {
        sampleRate = blocks.sampleRate();
        channels = blocks.channels();
        if (sources * channels > MOST_ROWS) {
          throw new IllegalArgumentException(
              sources
                  + " sources of "
                  + channels
                  + " channels: at most "
                  + MOST_ROWS
                  + " together");
        }
        Correlations correlations = new Correlations(sources * channels, blocks.rows(), taps);
        boolean[] heard = new boolean[tracks.size()];
        float[][] block = new float[blocks.rows()][BLOCK];
        for (int n = blocks.read(block, 0, BLOCK); n > 0; n = blocks.read(block, 0, BLOCK)) {
          checkInterrupt();
          correlations.add(block, 0, n);
          listen(block, n, heard);
          frames += n;
        }
        for (int i = 0; i < heard.length; i++) {
          if (!heard[i]) {
            throw new InputException(
                Path.of(tracks.get(i).name()),
                (i < sources ? "the reference" : "the estimate")
                    + " is silent throughout, where BSS Eval is not defined: leave it out");
          }
        }
        return correlations.finish();
      }
    }

    boolean silent(float[][] window, int length) {
      boolean[] heard = new boolean[2 * sources];
      listen(window, length, heard);
      for (boolean one : heard) {
        if (!one) {
          return true;
        }
      }
      return false;
    }

    private void listen(float[][] block, int length, boolean[] heard) {
      for (int row = 0; row < block.length; row++) {
        for (int i = 0; i < length && !heard[row / channels]; i++) {
          heard[row / channels] = block[row][i] != 0;
        }
      }
    }
  }
}
