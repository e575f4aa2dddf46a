package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.Inputs;
import org.vocalise.cli.batch.Item;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.dsp.io.InputException;
import org.vocalise.eval.result.SkippedScore;
import org.vocalise.eval.run.NamedFile;
import org.vocalise.eval.run.PairTable;
import org.vocalise.eval.run.PairedFile;
import org.vocalise.eval.run.Pairing;
import org.vocalise.eval.run.SystemFiles;

/** Which files {@code vocalise score} compares, and what has no partner. */
final class ScorePairs {
  private static final int SHOWN = 10;

  private final Path reference;
  private final @Nullable Path table;
  private final Path output;
  private final boolean allowMissing;
  private final Console console;

  /**
   * Prepares pairing.
   *
   * @param table of pairs; null to pair by names
   * @param output folder that is no input, where it lies inside one
   * @param allowMissing whether files without a partner are passed over
   */
  ScorePairs(
      Path reference, @Nullable Path table, Path output, boolean allowMissing, Console console) {
    this.reference = reference;
    this.table = table;
    this.output = output;
    this.allowMissing = allowMissing;
    this.console = console;
  }

  /**
   * The files of each system.
   *
   * @throws InputException if there is nothing to compare, or a file without a partner
   */
  List<SystemFiles> of(List<Path> folders) throws IOException {
    List<String> names = SystemNames.of(folders);
    requireExisting("--reference", reference);
    for (Path folder : folders) {
      requireExisting("--synth", folder);
    }
    List<SystemFiles> systems = new ArrayList<>();
    if (!Files.isDirectory(reference)) {
      for (int i = 0; i < folders.size(); i++) {
        systems.add(single(names.get(i), folders.get(i)));
      }
      return systems;
    }
    List<NamedFile> references = references(folders);
    PairTable pairs = table == null ? null : PairTable.read(table);
    List<String> alone = new ArrayList<>();
    for (int i = 0; i < folders.size(); i++) {
      List<NamedFile> files = files(folders.get(i), output);
      Pairing pairing =
          pairs == null ? Pairing.byName(references, files) : pairs.pair(references, files);
      if (pairing.pairs().isEmpty()) {
        throw new InputException(
            folders.get(i),
            "none of its %d files has a reference among the %d of %s (%s is one, %s another): name"
                    .formatted(
                        files.size(),
                        references.size(),
                        reference,
                        files.get(0).name(),
                        references.get(0).name())
                + " the pairs in a table (--pairs)");
      }
      tellAlone(names.get(i), pairing, alone);
      systems.add(system(names.get(i), pairing));
    }
    if (!alone.isEmpty() && !allowMissing) {
      throw new InputException(
          reference,
          String.join("; ", alone) + ": --allow-missing scores the others, --pairs names partners");
    }
    return systems;
  }

  private static void requireExisting(String option, Path path) throws InputException {
    if (!Files.exists(path)) {
      throw new InputException(path, "no such folder; check " + option);
    }
  }

  /** One file against another. */
  private SystemFiles single(String name, Path synthesis) {
    if (Files.isDirectory(synthesis) || table != null) {
      throw new UsageException(
          "--reference " + reference + " is a file: --synth must be one too, without --pairs");
    }
    PairedFile pair =
        new PairedFile(
            NamedFile.of(reference, reference.getFileName()).name(), reference, synthesis);
    return new SystemFiles(name, List.of(pair), List.of());
  }

  /** What the folder of references holds besides synthesised files that lie inside it. */
  private List<NamedFile> references(List<Path> folders) throws IOException {
    List<Path> inside =
        folders.stream()
            .map(folder -> folder.toAbsolutePath().normalize())
            .filter(folder -> !folder.equals(reference.toAbsolutePath().normalize()))
            .toList();
    List<NamedFile> references =
        files(reference, output).stream()
            .filter(file -> inside.stream().noneMatch(absolute(file)::startsWith))
            .toList();
    if (references.isEmpty()) {
      throw new InputException(reference, "no recording in it besides the synthesised files");
    }
    return references;
  }

  private static Path absolute(NamedFile file) {
    return file.file().toAbsolutePath().normalize();
  }

  private static List<NamedFile> files(Path folder, Path output) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new UsageException(folder + " is a file, and --reference is a folder");
    }
    List<NamedFile> files = new ArrayList<>();
    for (Item item : Inputs.collect(List.of(folder), FileKinds.AUDIO, output).items()) {
      files.add(NamedFile.of(item.file(), item.name()));
    }
    return files;
  }

  private void tellAlone(String system, Pairing pairing, List<String> alone) {
    if (!pairing.references().isEmpty()) {
      alone.add("%s has no file for %s".formatted(system, listed(pairing.references())));
    }
    if (!pairing.syntheses().isEmpty()) {
      alone.add("no reference for %s of %s".formatted(listed(pairing.syntheses()), system));
    }
    if (allowMissing) {
      alone.forEach(console::warning);
      alone.clear();
    }
  }

  private static String listed(List<NamedFile> files) {
    String shown =
        files.stream().limit(SHOWN).map(NamedFile::name).collect(Collectors.joining(", "));
    return files.size() <= SHOWN ? shown : shown + " and " + (files.size() - SHOWN) + " more";
  }

  private static SystemFiles system(String name, Pairing pairing) {
    List<SkippedScore> unpaired = new ArrayList<>();
    for (NamedFile file : pairing.references()) {
      unpaired.add(new SkippedScore(file.name(), SkippedScore.FILE, "no synthesised file"));
    }
    for (NamedFile file : pairing.syntheses()) {
      unpaired.add(new SkippedScore(file.name(), SkippedScore.FILE, "no reference"));
    }
    return new SystemFiles(name, pairing.pairs(), List.copyOf(unpaired));
  }

  /** Names of systems: their folders', with as many parents as it takes to tell them apart. */
  static final class SystemNames {
    private SystemNames() {}

    static List<String> of(List<Path> folders) {
      List<Path> absolute =
          folders.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
      if (new HashSet<>(absolute).size() < absolute.size()) {
        throw new UsageException("--synth names a folder twice");
      }
      int deepest = absolute.stream().mapToInt(Path::getNameCount).max().orElse(0);
      for (int levels = 1; levels <= deepest; levels++) {
        List<String> names = new ArrayList<>();
        for (Path folder : absolute) {
          names.add(last(folder, levels));
        }
        Set<String> distinct = new HashSet<>(names);
        if (distinct.size() == names.size()) {
          return names;
        }
      }
      return absolute.stream().map(Path::toString).toList();
    }

    private static String last(Path folder, int levels) {
      int count = folder.getNameCount();
      if (count == 0) {
        return folder.toString();
      }
      String path = folder.subpath(Math.max(0, count - levels), count).toString();
      return path.replace(folder.getFileSystem().getSeparator(), "/");
    }
  }
}
