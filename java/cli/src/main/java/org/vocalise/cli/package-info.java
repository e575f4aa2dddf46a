/** The commands: each reads its options, calls the library, prints, and gives an exit code. */
@NullMarked
package org.vocalise.cli;

import org.jspecify.annotations.NullMarked;
