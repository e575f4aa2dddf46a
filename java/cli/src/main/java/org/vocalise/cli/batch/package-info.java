/**
 * What commands over many files share: finding inputs, naming outputs, running in parallel, the
 * record of a run, and what is printed meanwhile.
 */
@NullMarked
package org.vocalise.cli.batch;

import org.jspecify.annotations.NullMarked;
