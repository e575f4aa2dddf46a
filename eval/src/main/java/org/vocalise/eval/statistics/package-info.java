/** What figures of few files can and can't show: intervals and tests. */
@NullMarked
package org.vocalise.eval.statistics;

import org.jspecify.annotations.NullMarked;
