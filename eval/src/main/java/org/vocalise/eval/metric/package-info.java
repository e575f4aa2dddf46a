/** Scores of a synthesised recording against its reference. */
@NullMarked
package org.vocalise.eval.metric;

import org.jspecify.annotations.NullMarked;
