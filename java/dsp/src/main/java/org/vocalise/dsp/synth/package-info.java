/** A small source-filter synthesiser of sung phrases, for demonstrations and tests without data. */
@NullMarked
package org.vocalise.dsp.synth;

import org.jspecify.annotations.NullMarked;
