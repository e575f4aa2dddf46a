/** Launchers: where and how a trainer runs, and what becomes of its process. */
@NullMarked
package org.vocalise.training.launch;

import org.jspecify.annotations.NullMarked;
