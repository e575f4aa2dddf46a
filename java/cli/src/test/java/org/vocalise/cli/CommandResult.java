package org.vocalise.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a command gave back. */
record CommandResult(int exitCode, String out, String err) {
  /** Runs a command in this JVM, through the real command line. */
  static CommandResult of(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = Stream.of(args).map(Object::toString).toArray(String[]::new);
    int code = Main.commandLine(new PrintWriter(out), new PrintWriter(err), texts).execute(texts);
    return new CommandResult(code, out.toString(), err.toString());
  }

  /** Waits for a process. */
  static CommandResult of(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new CommandResult(process.waitFor(), out, err);
  }

  /** The command line of a child JVM that runs {@code vocalise}. */
  static List<String> childCommand(String classPath, Object... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath, "org.vocalise.cli.Main"));
    Stream.of(args).map(Object::toString).forEach(command::add);
    return command;
  }

  /** The lines of standard error, of which an error has one. */
  List<String> errorLines() {
    return err.lines().toList();
  }
}
