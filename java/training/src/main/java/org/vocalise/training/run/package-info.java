/** Run directories: what a training run has written, and what can be told from it. */
@NullMarked
package org.vocalise.training.run;

import org.jspecify.annotations.NullMarked;
