/** The orchestrator: looks after one run until it ends. */
@NullMarked
package org.vocalise.training.supervise;

import org.jspecify.annotations.NullMarked;
