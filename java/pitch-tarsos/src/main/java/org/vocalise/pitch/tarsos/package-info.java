/** The pitch trackers of TarsosDSP. This module is under the GPL, version 3. */
@NullMarked
package org.vocalise.pitch.tarsos;

import org.jspecify.annotations.NullMarked;
