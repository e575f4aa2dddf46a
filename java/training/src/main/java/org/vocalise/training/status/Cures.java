package org.vocalise.training.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What usually helps, by what a trainer said last. */
final class Cures {
  private static final Map<Pattern, String> BY_WORDS = new LinkedHashMap<>();

  static {
    cure("CUDA out of memory|CUDA error: out of memory", "take a smaller --set batch_size");
    cure(
        "MemoryError|Cannot allocate memory|DefaultCPUAllocator",
        "take a smaller --set batch_size, or give it more with --memory");
    cure("No space left on device", "make space where the runs are, then resume");
    cure(
        "Read-only file system|[Pp]ermission denied",
        "let the run's folder be written by the user the trainer runs as, then resume");
    cure(
        "unable to open shared memory|Bus error",
        "give the container more with --shared-memory, then resume");
    cure(
        "ModuleNotFoundError|ImportError|No module named",
        "the trainer's environment is incomplete: delete .venv beside it, build the image again, or"
            + " let --python be an interpreter with the dependencies");
    cure("trains there already", "end that process first, or let it finish");
    cure("Address already in use", "take another port in --rendezvous");
  }

  private Cures() {}

  private static void cure(String words, String cure) {
    BY_WORDS.put(Pattern.compile(words), cure);
  }

  /** The cure for the newest line that has one; empty if none has. */
  static String of(List<String> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      for (Map.Entry<Pattern, String> entry : BY_WORDS.entrySet()) {
        if (entry.getKey().matcher(lines.get(i)).find()) {
          return entry.getValue();
        }
      }
    }
    return "";
  }
}
