package org.vocalise.eval.metric;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vocalise.dsp.pitch.PitchTrack;

/**
 * Scores of the fundamental frequency, all from the same two tracks of one tracker.
 *
 * <p>A frame is voiced if its confidence is above 0.6 and its frequency within 50 to 2100 Hz, both
 * bounds excluded, whatever the tracker. {@code log2f0_mean} is the brief's: frames are kept by the
 * reference alone, so a synthesis that lost its pitch is still asked for one. A kept frame in which
 * the tracker gives the synthesis no frequency at all (0 Hz: silence) has no distance and is left
 * out here; {@code vuv_f1} counts it. {@code f0_mae_cents}, {@code f0_median_cents}, {@code
 * f0_rmse_cents} and {@code f0_off_50_cents} are over the frames that are voiced in both.
 * Thread-safe.
 */
public final class PitchScores {
  private PitchScores() {}

  /** All of them, in the order of a report. */
  public static List<Metric> all() {
    String both = "frames voiced in both";
    return List.of(
        score(
            "log2f0_mean",
            "mean |log2(fr) - log2(fs)| * 12, in semitones",
            "frames voiced in the reference; without those where the synthesis has 0 Hz",
            PitchComparison::log2f0Mean),
        score("f0_mae_cents", "mean |1200 log2(fs / fr)|", both, PitchComparison::maeCents),
        score("f0_median_cents", "median |1200 log2(fs / fr)|", both, PitchComparison::medianCents),
        score(
            "f0_rmse_cents", "sqrt(mean (1200 log2(fs / fr))^2)", both, PitchComparison::rmseCents),
        score(
            "f0_off_50_cents",
            "share of frames with |1200 log2(fs / fr)| > 50",
            both,
            PitchComparison::shareOff50Cents),
        score(
            "vuv_f1",
            "F1 of the synthesis being voiced where the reference is",
            "all frames",
            PitchComparison::voicingF1),
        score(
            "periodicity_error",
            "sqrt(mean (confidence of the reference - of the synthesis)^2)",
            "all frames",
            PitchComparison::periodicityError));
  }

  /** A number of a comparison, which has one unless it throws. */
  @FunctionalInterface
  private interface Figure {
    double of(PitchComparison comparison) throws UndefinedScoreException;
  }

  private static Metric score(String key, String value, String frames, Figure figure) {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("value", value);
    definition.put("frames", frames);
    definition.put("voiced", "confidence > 0.6 and 50 < f < 2100 Hz");
    definition.put("pitch", "tracker as named beside");
    return new PairScore(key, definition, pair -> figure.of(comparison(pair)));
  }

  private static PitchComparison comparison(Pair pair)
      throws UndefinedScoreException, IOException, InterruptedException {
    PitchTrack reference = pair.referencePitch().track();
    PitchTrack synthesis = pair.synthesisPitch().track();
    return new PitchComparison(reference, synthesis);
  }
}
