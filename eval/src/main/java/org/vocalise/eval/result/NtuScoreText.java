package org.vocalise.eval.result;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code score_MODEL.txt} of the homework's script: a JSON object of three figures as
 * Python writes it with an indent of 4. A figure that the script defines otherwise is {@code null}:
 * F0 of another tracker than CREPE, a Frechet distance of other embeddings than VGGish.
 */
public final class NtuScoreText {
  private NtuScoreText() {}

  /** The text for a system. */
  public static String of(Scores scores, SystemScores system) {
    FrechetScore frechet = system.frechet();
    Double distance =
        frechet != null && frechet.embedding().equals("vggish") ? (Double) frechet.value() : null;
    Map<String, Object> tracker = scores.definitions().getOrDefault(Scores.TRACKER, Map.of());
    boolean crepe = String.valueOf(tracker.get("tracker")).startsWith("crepe");
    Double semitones = crepe ? system.means().get("log2f0_mean") : null;
    return "{\n    \"M-STFT\": %s,\n    \"log2f0_mean\": %s,\n    \"FAD\": %s\n}"
        .formatted(figure(system.means().get("m_stft")), figure(semitones), figure(distance));
  }

  /** A number as Python's {@code repr} writes it: exponents from 1e16 on and below 1e-4. */
  private static String figure(@Nullable Double value) {
    if (value == null) {
      return "null";
    }
    double size = Math.abs(value);
    if (size == 0 || (size >= 1e-4 && size < 1e16)) {
      String plain = new BigDecimal(ScoresJson.line(value)).toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String[] parts = ScoresJson.line(value).split("E", -1);
    int exponent = Integer.parseInt(parts[1]);
    String digits =
        parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
    return "%se%s%02d".formatted(digits, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
