/** Short-time Fourier transform and its inverse. */
@NullMarked
package org.vocalise.dsp.stft;

import org.jspecify.annotations.NullMarked;
