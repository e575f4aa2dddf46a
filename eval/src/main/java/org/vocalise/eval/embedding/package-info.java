/** Vectors that describe windows of a recording, for distances between sets of recordings. */
@NullMarked
package org.vocalise.eval.embedding;

import org.jspecify.annotations.NullMarked;
