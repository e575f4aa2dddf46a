package org.vocalise.eval.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vocalise.dsp.io.InputException;

/**
 * Which synthesised file belongs to which reference.
 *
 * @param pairs in the order of their names
 * @param references without a synthesised file
 * @param syntheses without a reference
 */
public record Pairing(
    List<PairedFile> pairs, List<NamedFile> references, List<NamedFile> syntheses) {
  /**
   * Pairs by names: a synthesised file {@code p/Singer#Song_0004} has the reference of equal path,
   * or {@code Singer#Song/0004}, parted at the last underscore, in any folder, as the homework
   * names its files; where there is neither, the reference whose name without folders is equal.
   *
   * @throws InputException if a file could have several partners; it names them
   */
  public static Pairing byName(List<NamedFile> references, List<NamedFile> syntheses)
      throws IOException {
    Map<String, List<NamedFile>> paths = index(references, NamedFile::name);
    Map<String, List<NamedFile>> songs = index(references, Pairing::lastTwo);
    Map<String, List<NamedFile>> stems = index(references, NamedFile::stem);
    Map<NamedFile, NamedFile> partners = new HashMap<>();
    List<NamedFile> alone = new ArrayList<>();
    for (NamedFile synthesis : syntheses) {
      Set<NamedFile> found = new LinkedHashSet<>();
      found.addAll(paths.getOrDefault(synthesis.name(), List.of()));
      found.addAll(songs.getOrDefault(song(synthesis.stem()), List.of()));
      if (found.isEmpty()) {
        found.addAll(stems.getOrDefault(synthesis.stem(), List.of()));
      }
      if (found.size() > 1) {
        throw new InputException(
            synthesis.file(),
            "%s could be its reference: rename, or name the pairs in a table (--pairs)"
                .formatted(names(found)));
      }
      if (found.isEmpty()) {
        alone.add(synthesis);
      } else {
        NamedFile reference = found.iterator().next();
        NamedFile other = partners.putIfAbsent(reference, synthesis);
        if (other != null) {
          throw new InputException(
              reference.file(),
              "is the reference of both %s: leave one out, or name the pairs in a table (--pairs)"
                  .formatted(names(List.of(other, synthesis))));
        }
      }
    }
    return of(references, partners, alone);
  }

  /** Sorted lists of what was found. */
  static Pairing of(
      List<NamedFile> references, Map<NamedFile, NamedFile> partners, List<NamedFile> alone) {
    List<PairedFile> pairs = new ArrayList<>();
    partners.forEach(
        (reference, synthesis) ->
            pairs.add(new PairedFile(reference.name(), reference.file(), synthesis.file())));
    pairs.sort(Comparator.comparing(PairedFile::name));
    List<NamedFile> missing =
        references.stream().filter(reference -> !partners.containsKey(reference)).toList();
    return new Pairing(List.copyOf(pairs), missing, List.copyOf(alone));
  }

  /** {@code Singer#Song_0004} as {@code Singer#Song/0004}; unchanged without an underscore. */
  private static String song(String stem) {
    int underscore = stem.lastIndexOf('_');
    return underscore <= 0
        ? stem + "/" // no file has this name
        : stem.substring(0, underscore) + "/" + stem.substring(underscore + 1);
  }

  /** The last folder and the name, {@code Singer#Song/0004}. */
  private static String lastTwo(NamedFile file) {
    int slash = file.name().lastIndexOf('/');
    return slash < 0
        ? file.name()
        : file.name().substring(file.name().lastIndexOf('/', slash - 1) + 1);
  }

  private static Map<String, List<NamedFile>> index(
      List<NamedFile> files, Function<NamedFile, String> key) {
    return files.stream().collect(Collectors.groupingBy(key));
  }

  private static String names(Iterable<NamedFile> files) {
    List<String> names = new ArrayList<>();
    files.forEach(file -> names.add(file.file().toString()));
    return String.join(" and ", names);
  }
}
