/**
 * Waveforms from spectra without phase: mel inversion, phase gradient heap integration,
 * Griffin-Lim.
 */
@NullMarked
package org.vocalise.dsp.phase;

import org.jspecify.annotations.NullMarked;
