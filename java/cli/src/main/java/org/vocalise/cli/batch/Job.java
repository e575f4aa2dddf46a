package org.vocalise.cli.batch;

import java.nio.file.Path;

/**
 * One file to be made from another.
 *
 * @param item the source
 * @param target the file to write
 * @param output the target's name inside the output folder, with forward slashes
 */
public record Job(Item item, Path target, String output) {}
