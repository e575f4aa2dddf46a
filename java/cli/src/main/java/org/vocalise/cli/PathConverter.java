package org.vocalise.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Turns an argument into a path, with the cure where the locale can't express it. */
final class PathConverter implements ITypeConverter<Path> {
  @Override
  public Path convert(String argument) {
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      String encoding = System.getProperty("sun.jnu.encoding");
      throw new TypeConversionException(
          "'%s' can't be a file name in this locale's encoding, %s: set LC_ALL=C.UTF-8"
              .formatted(argument, encoding));
    }
  }
}
