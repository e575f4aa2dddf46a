/** Mel spectrograms: their exact definition, filter banks, extraction and files. */
@NullMarked
package org.vocalise.dsp.mel;

import org.jspecify.annotations.NullMarked;
