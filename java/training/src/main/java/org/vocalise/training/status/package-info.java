/** What a run is doing, and why. */
@NullMarked
package org.vocalise.training.status;

import org.jspecify.annotations.NullMarked;
