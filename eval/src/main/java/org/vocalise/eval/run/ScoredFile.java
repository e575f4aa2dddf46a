package org.vocalise.eval.run;

import java.util.List;
import org.vocalise.eval.result.FileScores;
import org.vocalise.eval.result.SkippedScore;

/**
 * A file that was scored, as the journal holds it.
 *
 * @param system name of its system
 * @param referenceSha256 of the reference's bytes
 * @param synthesisSha256 of the synthesised file's bytes
 * @param skipped scores that do not exist, and why
 */
record ScoredFile(
    String system,
    String referenceSha256,
    String synthesisSha256,
    FileScores file,
    List<SkippedScore> skipped) {
  String name() {
    return file.name();
  }
}
