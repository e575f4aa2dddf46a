/** What turns a mel spectrogram into a waveform. */
@NullMarked
package org.vocalise.dsp.vocoder;

import org.jspecify.annotations.NullMarked;
