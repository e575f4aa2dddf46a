package org.vocalise.eval.metric;

import java.util.Arrays;
import org.vocalise.dsp.pitch.PitchTrack;

/**
 * Figures of two pitch tracks, frame by frame, of a reference and of a synthesis. Tracks of one
 * length may differ by a frame, as a resampler rounds: the frame more is left out. Immutable.
 */
public final class PitchComparison {
  /** A frame is voiced above this confidence: the brief's threshold. */
  public static final double CONFIDENCE = 0.6;

  /** A frame is voiced above this frequency, Hz. */
  public static final double LOWEST = 50;

  /** A frame is voiced below this frequency, Hz. */
  public static final double HIGHEST = 2100;

  private static final double LN2 = StrictMath.log(2);

  private final PitchTrack reference;
  private final PitchTrack synthesis;
  private final int frames;

  /**
   * Prepares a comparison.
   *
   * @throws IllegalArgumentException if the tracks have different hops or differ by more than a
   *     frame in length
   */
  public PitchComparison(PitchTrack reference, PitchTrack synthesis) {
    if (reference.hopSeconds() != synthesis.hopSeconds()
        || Math.abs(reference.frames() - synthesis.frames()) > 1) {
      throw new IllegalArgumentException(
          "tracks of "
              + reference.frames()
              + " frames every "
              + reference.hopSeconds()
              + " s and "
              + synthesis.frames()
              + " every "
              + synthesis.hopSeconds()
              + " s: track recordings of one length by one tracker");
    }
    this.reference = reference;
    this.synthesis = synthesis;
    frames = Math.min(reference.frames(), synthesis.frames());
  }

  /** Whether a frame of a track counts as voiced. */
  public static boolean voiced(PitchTrack track, int frame) {
    double hz = track.hz()[frame];
    return track.confidence()[frame] > CONFIDENCE && hz > LOWEST && hz < HIGHEST;
  }

  /** Number of frames that {@link #log2f0Mean} is the mean of. */
  public int keptFrames() {
    int kept = 0;
    for (int t = 0; t < frames; t++) {
      kept += voiced(reference, t) && synthesis.hz()[t] > 0 ? 1 : 0;
    }
    return kept;
  }

  /** Mean of |log2 fr - log2 fs| x 12 over frames that are voiced in the reference; semitones. */
  public double log2f0Mean() throws UndefinedScoreException {
    double sum = 0;
    int kept = 0;
    int voiced = 0;
    for (int t = 0; t < frames; t++) {
      if (voiced(reference, t)) {
        voiced++;
        if (synthesis.hz()[t] > 0) {
          sum += Math.abs(log2(reference.hz()[t]) - log2(synthesis.hz()[t])) * 12;
          kept++;
        }
      }
    }
    if (kept == 0) {
      throw new UndefinedScoreException(
          voiced == 0
              ? "no frame of the reference is voiced"
              : "the synthesis has no pitch in any of the reference's "
                  + voiced
                  + " voiced frames");
    }
    return sum / kept;
  }

  /** Mean of the absolute error over frames that are voiced in both; cents. */
  public double maeCents() throws UndefinedScoreException {
    double sum = 0;
    for (int t = 0; t < frames; t++) {
      sum += bothVoiced(t) ? Math.abs(cents(t)) : 0;
    }
    return sum / countBothVoiced();
  }

  /**
   * Median of the absolute error over frames that are voiced in both; cents. Slips by an octave in
   * a few frames, which rule the mean, do not move it.
   */
  public double medianCents() throws UndefinedScoreException {
    double[] errors = new double[countBothVoiced()];
    int n = 0;
    for (int t = 0; t < frames; t++) {
      if (bothVoiced(t)) {
        errors[n++] = Math.abs(cents(t));
      }
    }
    Arrays.sort(errors);
    return (errors[(n - 1) / 2] + errors[n / 2]) / 2;
  }

  /** Root of the mean squared error over frames that are voiced in both; cents. */
  public double rmseCents() throws UndefinedScoreException {
    double sum = 0;
    for (int t = 0; t < frames; t++) {
      double cents = bothVoiced(t) ? cents(t) : 0;
      sum += cents * cents;
    }
    return Math.sqrt(sum / countBothVoiced());
  }

  /** Share, of the frames that are voiced in both, of those off by more than 50 cents. */
  public double shareOff50Cents() throws UndefinedScoreException {
    int off = 0;
    for (int t = 0; t < frames; t++) {
      off += bothVoiced(t) && Math.abs(cents(t)) > 50 ? 1 : 0;
    }
    return off / (double) countBothVoiced();
  }

  /**
   * F1 of the synthesis' voicing against the reference's: 2 both / (voiced in one + in the other).
   */
  public double voicingF1() throws UndefinedScoreException {
    int both = 0;
    int either = 0;
    for (int t = 0; t < frames; t++) {
      boolean r = voiced(reference, t);
      boolean s = voiced(synthesis, t);
      both += r && s ? 1 : 0;
      either += (r ? 1 : 0) + (s ? 1 : 0);
    }
    if (either == 0) {
      throw new UndefinedScoreException("no frame of either recording is voiced");
    }
    return 2.0 * both / either;
  }

  /** Root of the mean squared difference of the confidences over all frames. */
  public double periodicityError() throws UndefinedScoreException {
    if (frames == 0) {
      throw new UndefinedScoreException("the recordings have no frame");
    }
    double sum = 0;
    for (int t = 0; t < frames; t++) {
      double difference = reference.confidence()[t] - synthesis.confidence()[t];
      sum += difference * difference;
    }
    return Math.sqrt(sum / frames);
  }

  private boolean bothVoiced(int t) {
    return voiced(reference, t) && voiced(synthesis, t);
  }

  private int countBothVoiced() throws UndefinedScoreException {
    int count = 0;
    for (int t = 0; t < frames; t++) {
      count += bothVoiced(t) ? 1 : 0;
    }
    if (count == 0) {
      throw new UndefinedScoreException("no frame is voiced in both recordings");
    }
    return count;
  }

  private double cents(int t) {
    return 1200 * log2(synthesis.hz()[t] / reference.hz()[t]);
  }

  private static double log2(double x) {
    return StrictMath.log(x) / LN2;
  }
}
