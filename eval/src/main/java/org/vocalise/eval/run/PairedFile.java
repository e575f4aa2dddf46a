package org.vocalise.eval.run;

import java.nio.file.Path;

/**
 * Two files that belong together.
 *
 * @param name in the report, with {@code /} between folders, without an ending
 * @param reference what was recorded
 * @param synthesis what a vocoder made
 */
public record PairedFile(String name, Path reference, Path synthesis) {}
