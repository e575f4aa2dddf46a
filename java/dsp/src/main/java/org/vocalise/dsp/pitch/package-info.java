/** Fundamental frequency of singing. */
@NullMarked
package org.vocalise.dsp.pitch;

import org.jspecify.annotations.NullMarked;
