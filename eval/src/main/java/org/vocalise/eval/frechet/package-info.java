/** Frechet distances between sets of recordings, each described by vectors of its windows. */
@NullMarked
package org.vocalise.eval.frechet;

import org.jspecify.annotations.NullMarked;
