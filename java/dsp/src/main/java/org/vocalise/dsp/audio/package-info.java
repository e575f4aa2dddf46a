/** Waveforms, and audio files in and out as bounded streams. */
@NullMarked
package org.vocalise.dsp.audio;

import org.jspecify.annotations.NullMarked;
