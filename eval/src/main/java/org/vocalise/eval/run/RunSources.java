package org.vocalise.eval.run;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.pitch.PitchTrack;
import org.vocalise.eval.report.ReportSources;

/** The files and tracks of a run; tracks come from the cache where it has them. */
final class RunSources implements ReportSources {
  private final Map<List<String>, PairedFile> files = new HashMap<>();
  private final PairLoader loader;

  /** A report asks for all of one pair before it goes on to the next. */
  private @Nullable PairedFile lastFiles;

  private @Nullable LoadedPair last;

  RunSources(List<SystemFiles> systems, PairLoader loader) {
    for (SystemFiles system : systems) {
      system.pairs().forEach(pair -> files.put(List.of(system.name(), pair.name()), pair));
    }
    this.loader = loader;
  }

  @Override
  public PairedFile files(String system, String file) {
    PairedFile pair = files.get(List.of(system, file));
    if (pair == null) {
      throw new IllegalArgumentException(system + " has no file " + file);
    }
    return pair;
  }

  @Override
  public PitchTrack referenceTrack(String system, String file)
      throws IOException, InterruptedException {
    return load(files(system, file)).pair().referencePitch().track();
  }

  @Override
  public PitchTrack synthesisTrack(String system, String file)
      throws IOException, InterruptedException {
    return load(files(system, file)).pair().synthesisPitch().track();
  }

  private synchronized LoadedPair load(PairedFile pair) throws IOException {
    LoadedPair known = last;
    if (known != null && pair.equals(lastFiles)) {
      return known;
    }
    LoadedPair loaded = loader.load(pair);
    last = loaded;
    lastFiles = pair;
    return loaded;
  }
}
