/** Comparison of pitch tracks. */
@NullMarked
package org.vocalise.eval.pitch;

import org.jspecify.annotations.NullMarked;
