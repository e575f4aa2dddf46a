/** What a scoring run found, as {@code scores.json} holds it. */
@NullMarked
package org.vocalise.eval.result;

import org.jspecify.annotations.NullMarked;
