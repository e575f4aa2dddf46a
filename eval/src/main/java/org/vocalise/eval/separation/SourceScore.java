package org.vocalise.eval.separation;

/**
 * Ratios in dB of one estimate against one source; infinite where nothing is wrong.
 *
 * @param sdr signal to distortion
 * @param isr image to spatial distortion; NaN with the criterion {@code SOURCES}
 * @param sir signal to interference
 * @param sar signal to artifacts
 */
public record SourceScore(double sdr, double isr, double sir, double sar) {}
