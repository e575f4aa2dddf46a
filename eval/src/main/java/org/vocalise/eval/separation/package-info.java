/** Scores of separated sources: BSS Eval in the forms of mir_eval and of museval. */
@NullMarked
package org.vocalise.eval.separation;

import org.jspecify.annotations.NullMarked;
