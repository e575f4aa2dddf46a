package org.vocalise.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.vocalise.cli.batch.Item;
import org.vocalise.dsp.io.InputException;

/** Names of the homework's test mels: {@code 001.npy} to {@code 030.npy}. */
final class TestSetNames {
  private static final int FILES = 30;
  private static final Pattern NAME = Pattern.compile("(?!000)[0-9]{3}\\.npy");
  private static final int MOST_LISTED = 5;

  private TestSetNames() {}

  /**
   * Checks the names of mels, from which those of the wav files follow.
   *
   * @param folder that was given
   * @param allowMissing whether numbers may be missing
   * @return what the user should know
   * @throws InputException if a file has another name, or a number below the highest is missing
   */
  static List<String> check(Path folder, List<Item> mels, boolean allowMissing)
      throws InputException {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (Item mel : mels) {
      String name = mel.portableName();
      if (!NAME.matcher(name).matches()) {
        throw new InputException(
            mel.file(),
            "is not named like a mel of the test set, 001.npy to 030.npy, and the grader finds wav"
                + " files by those names");
      }
      numbers.add(Integer.parseInt(name.substring(0, 3)));
    }
    int last = Math.max(FILES, numbers.last());
    List<String> missing = new ArrayList<>();
    for (int number = 1; number <= last; number++) {
      if (!numbers.contains(number)) {
        missing.add(String.format(Locale.ROOT, "%03d.npy", number));
      }
    }
    if (!missing.isEmpty() && !allowMissing) {
      throw new InputException(
          folder,
          "%d of the test set's mels are not in it (%s); --allow-missing hands in the others"
              .formatted(missing.size(), list(missing)));
    }
    List<String> notes = new ArrayList<>();
    if (!missing.isEmpty()) {
      notes.add("not handed in, since there is no mel: " + list(missing));
    }
    if (numbers.last() > FILES) {
      notes.add("the brief's test set ends with 030.npy, this one with " + numbers.last());
    }
    return notes;
  }

  private static String list(List<String> names) {
    int more = names.size() - MOST_LISTED;
    return more <= 0
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_LISTED)) + " and " + more + " more";
  }
}
