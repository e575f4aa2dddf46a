package org.vocalise.eval.report;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.pitch.PitchTrack;
import org.vocalise.eval.run.PairedFile;

/** The recordings and tracks behind the figures of a report. */
public interface ReportSources {
  /** The files behind a row of the table. */
  PairedFile files(String system, String file);

  /** Track of a file's reference; null where none was made. */
  @Nullable PitchTrack referenceTrack(String system, String file)
      throws IOException, InterruptedException;

  /** Track of a synthesised file; null where none was made. */
  @Nullable PitchTrack synthesisTrack(String system, String file)
      throws IOException, InterruptedException;
}
