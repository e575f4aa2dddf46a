package org.vocalise.eval.result;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Frechet distance between the embeddings of two sets of recordings.
 *
 * @param embedding its name; distances of different embeddings are never compared
 * @param weightsSha256 hash of the embedding's weights; null where it has none
 * @param value distance of all windows
 * @param infinity extrapolated to infinitely many windows; null where there are too few
 * @param interval of {@code infinity}
 * @param windows of the synthesised recordings
 * @param referenceWindows of the references
 * @param contributions change of the distance when a file is left out, by file name
 * @param warnings too few windows, with the noise floor there
 */
public record FrechetScore(
    String embedding,
    @Nullable String weightsSha256,
    double value,
    @Nullable Double infinity,
    @Nullable Interval interval,
    long windows,
    long referenceWindows,
    Map<String, Double> contributions,
    List<String> warnings) {}
