/** NumPy array files in and out, byte for byte as NumPy writes them. */
@NullMarked
package org.vocalise.dsp.npy;

import org.jspecify.annotations.NullMarked;
