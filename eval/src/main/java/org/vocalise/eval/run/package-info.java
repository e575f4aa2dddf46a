/** Scoring runs: which files belong together, how they are prepared, what is remembered. */
@NullMarked
package org.vocalise.eval.run;

import org.jspecify.annotations.NullMarked;
