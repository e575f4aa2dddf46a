/** Comparisons of speed with other programs, in one run and on the same processor cores. */
@NullMarked
package org.vocalise.cli.bench;

import org.jspecify.annotations.NullMarked;
