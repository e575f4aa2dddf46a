/** Power spectra of two recordings side by side, and what is summed over them. */
@NullMarked
package org.vocalise.eval.spectral;

import org.jspecify.annotations.NullMarked;
