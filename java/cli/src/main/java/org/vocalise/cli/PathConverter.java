package org.vocalise.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.vocalise.cli.batch.Failure;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Turns an argument into a path, with the cure where the locale can't express it. */
final class PathConverter implements ITypeConverter<Path> {
  @Override
  public Path convert(String argument) {
    if (argument.isEmpty()) {
      // Java takes it for the working folder; it is more likely an unset variable of a script.
      throw new TypeConversionException("an empty text names no file; for this folder say .");
    }
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(Failure.of(e).message());
    }
  }
}
