package org.vocalise.eval.run;

import org.vocalise.eval.metric.Pair;

/**
 * A pair as metrics take it, and the files that it was made from.
 *
 * @param referenceLength samples of the prepared reference, before both got one length
 * @param synthesisLength samples of the prepared synthesis, before both got one length
 */
record LoadedPair(
    Recording reference,
    Recording synthesis,
    int referenceLength,
    int synthesisLength,
    Pair pair) {}
