/** Spectrogram pictures. */
@NullMarked
package org.vocalise.dsp.picture;

import org.jspecify.annotations.NullMarked;
