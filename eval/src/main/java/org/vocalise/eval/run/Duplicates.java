package org.vocalise.eval.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds synthesised files of one run with the same content. Immutable. */
final class Duplicates {
  private final Map<String, ScoredFile> first = new HashMap<>();

  /** Looks through all files of a run, in its order. */
  Duplicates(List<ScoredFile> files) {
    files.forEach(file -> first.putIfAbsent(file.synthesisSha256(), file));
  }

  /** What a file is the same as, in words; null where it is the first of its kind. */
  @Nullable String of(ScoredFile file) {
    ScoredFile other = first.get(file.synthesisSha256());
    if (other == null || other.equals(file)) {
      return null;
    }
    String system = other.system().equals(file.system()) ? "" : " of " + other.system();
    return "the file is identical to " + other.name() + system;
  }
}
