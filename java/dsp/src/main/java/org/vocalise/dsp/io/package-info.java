/**
 * What every reader and writer of files shares: errors that name the place, and whole-or-nothing
 * outputs.
 */
@NullMarked
package org.vocalise.dsp.io;

import org.jspecify.annotations.NullMarked;
