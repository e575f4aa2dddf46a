/** Pages and tables that people read. */
@NullMarked
package org.vocalise.eval.report;

import org.jspecify.annotations.NullMarked;
