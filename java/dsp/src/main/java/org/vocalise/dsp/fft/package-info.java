/** Fourier transforms of real signals. */
@NullMarked
package org.vocalise.dsp.fft;

import org.jspecify.annotations.NullMarked;
