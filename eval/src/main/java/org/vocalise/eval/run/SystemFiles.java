package org.vocalise.eval.run;

import java.util.List;
import org.vocalise.eval.result.SkippedScore;

/**
 * One folder of synthesised recordings with their references.
 *
 * @param name in reports, unlike that of any other system of the run
 * @param pairs in the order of their names
 * @param unpaired files without a partner, for the list of what was skipped
 */
public record SystemFiles(String name, List<PairedFile> pairs, List<SkippedScore> unpaired) {}
