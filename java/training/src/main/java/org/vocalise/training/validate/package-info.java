/** Judging a run's snapshots: synthesised, scored, compared, the best one kept. */
@NullMarked
package org.vocalise.training.validate;

import org.jspecify.annotations.NullMarked;
