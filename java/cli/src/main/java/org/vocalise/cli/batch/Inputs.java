package org.vocalise.cli.batch;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;

/**
 * The files that the arguments of a command stand for.
 *
 * @param items in the order given, those of a folder sorted by name
 * @param single whether one file was given, not a folder and not several
 */
public record Inputs(List<Item> items, boolean single) {
  /**
   * Finds the files: one that is named is taken whatever its extension; a folder stands for all
   * files below it with a known extension, hidden ones left out. A file that is missing or a folder
   * that can't be read stays in the list, so that it fails alone and by name.
   *
   * @param kind which files of a folder are taken
   * @param output folder whose files are outputs: where it lies inside a given folder, it is
   *     skipped
   * @throws InputException if no file is found
   */
  public static Inputs collect(List<Path> given, FileKind kind, @Nullable Path output)
      throws IOException {
    Map<Path, Item> found = new LinkedHashMap<>();
    for (Path path : given) {
      if (Files.isDirectory(path)) {
        List<Item> inside = walk(path, kind, output);
        if (inside.isEmpty()) {
          String names = String.join(" or ", kind.extensions());
          throw new InputException(path, "no %s file in it; %s".formatted(names, kind.cure()));
        }
        for (Item item : inside) {
          found.putIfAbsent(item.file().toAbsolutePath().normalize(), item);
        }
      } else {
        Path name = path.getFileName() == null ? path : path.getFileName();
        found.putIfAbsent(path.toAbsolutePath().normalize(), new Item(path, name));
      }
    }
    boolean single = given.size() == 1 && !Files.isDirectory(given.get(0));
    return new Inputs(List.copyOf(found.values()), single);
  }

  private static List<Item> walk(Path folder, FileKind kind, @Nullable Path output)
      throws IOException {
    Path skipped = output == null ? null : output.toAbsolutePath().normalize();
    Path root = folder.toAbsolutePath().normalize();
    List<Item> items = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            Path absolute = inner.toAbsolutePath().normalize();
            boolean isRoot = absolute.equals(root);
            boolean skip = !isRoot && (isHidden(inner) || absolute.equals(skipped));
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isHidden(file) && kind.includes(file)) {
              items.add(new Item(file, folder.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException fault) {
            boolean loop = fault instanceof FileSystemLoopException;
            boolean dangling = !Files.exists(file) && !kind.includes(file);
            if (!loop && !dangling && !isHidden(file)) {
              items.add(new Item(file, folder.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    items.sort(Comparator.comparing(Item::portableName));
    return items;
  }

  private static boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }
}
