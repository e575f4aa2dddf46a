package org.vocalise.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.Failure;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.phase.GriffinLimOptions;
import org.vocalise.dsp.resample.ResamplerKernel;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The program {@code vocalise}. */
public final class Main {
  private Main() {}

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    Interruption interruption = Interruption.install();
    int code = ExitCode.INTERNAL;
    try {
      code = commandLine(out, err, args).execute(args);
    } catch (OutOfMemoryError e) {
      err.println("error: " + Failure.of(e).message());
    } finally {
      out.flush();
      err.flush();
      interruption.commandEnded();
    }
    System.exit(code);
  }

  /**
   * The command line, which neither ends the JVM nor uses its standard streams.
   *
   * @param args what it will execute, if that is known: other commands may then be missing
   */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err, String... args) {
    CommandLine commandLine = Vocalise.commandLine(args);
    commandLine.registerConverter(Path.class, new PathConverter());
    choice(commandLine, ResamplerKernel.class);
    choice(commandLine, MelScale.class);
    choice(commandLine, WavFormat.class);
    choice(commandLine, BenchCommand.Subject.class);
    choice(commandLine, ScoreCommand.ProtocolName.class);
    choice(commandLine, EngineOptions.Engine.class);
    choice(commandLine, LauncherName.class);
    choice(commandLine, CompletionCommand.Shell.class);
    choice(commandLine, GriffinLimOptions.Start.class);
    choice(commandLine, GriffinLimOptions.Inversion.class);
    commandLine.setOut(out);
    commandLine.setErr(err);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.setParameterExceptionHandler(ErrorLines::wrongUsage);
    commandLine.setExecutionExceptionHandler(ErrorLines::failed);
    return commandLine;
  }

  /** Constants are written in lower case with hyphens, in options as in manifests. */
  private static <E extends Enum<E>> void choice(CommandLine commandLine, Class<E> type) {
    commandLine.registerConverter(
        type,
        text -> {
          try {
            return Choice.parse(type, "it", text);
          } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
          }
        });
  }

  /** File names of any language come out right: UTF-8 wherever the terminal is not Windows'. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    Charset charset = windows ? Charset.defaultCharset() : StandardCharsets.UTF_8;
    OutputStream stream = new FileOutputStream(descriptor);
    return new PrintWriter(new OutputStreamWriter(stream, charset), true);
  }
}
