package org.vocalise.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vocalise.training.launch.TrainerSource;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.supervise.RestartPolicy;

/** The orchestrator as a process of its own, which outlives the command that starts it. */
final class BackgroundSupervisor {
  /** The terminal's keys and its end mean others. */
  private static final List<String> IGNORING_THE_TERMINAL =
      List.of("sh", "-c", "trap '' INT HUP QUIT TSTP TTIN TTOU; exec \"$@\"", "sh");

  private BackgroundSupervisor() {}

  /** Starts it; what it prints is in {@code supervisor.log}. */
  static void start(RunDirectory run, RestartPolicy policy) throws IOException {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    List<String> command = new ArrayList<>(windows ? List.of() : IGNORING_THE_TERMINAL);
    command.add(java());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xshare:auto"));
    for (String property : List.of(TrainerSource.PROPERTY, "vocalise.models")) {
      String value = System.getProperty(property);
      if (value != null) {
        command.add("-D" + property + "=" + value);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("train", "supervise", run.name()));
    command.addAll(List.of("--runs", String.valueOf(run.path().getParent())));
    command.addAll(List.of("--restarts", Integer.toString(policy.most())));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(run.path().resolve("supervisor.log").toFile()))
            .start();
    process.getOutputStream().close();
  }

  private static String java() {
    String home = System.getProperty("java.home");
    return ProcessHandle.current()
        .info()
        .command()
        .orElse(java.nio.file.Path.of(home, "bin", "java").toString());
  }
}
