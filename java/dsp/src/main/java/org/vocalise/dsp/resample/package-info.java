/** Sample-rate conversion by windowed-sinc polyphase filters. */
@NullMarked
package org.vocalise.dsp.resample;

import org.jspecify.annotations.NullMarked;
