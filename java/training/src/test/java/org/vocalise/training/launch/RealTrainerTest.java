package org.vocalise.training.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.synth.SungPhrase;
import org.vocalise.inference.OnnxVocoder;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunName;
import org.vocalise.training.run.RunState;
import org.vocalise.training.run.Runs;
import org.vocalise.training.status.RunStatus;
import org.vocalise.training.status.RunView;
import org.vocalise.training.supervise.RestartPolicy;
import org.vocalise.training.supervise.RunStart;
import org.vocalise.training.supervise.Supervisor;

/**
 * The project's own image: training in it, killed and resumed, to an ONNX file that runs. Its image
 * of 5 GB is built where an engine is required, else only used where it is there.
 */
@Timeout(1500)
final class RealTrainerTest {
  @TempDir private Path folder;

  @Test
  void killedRunIsResumedAndExported() throws Exception {
    TrainerSource source = TrainerSource.find(null);
    try (DockerEngine engine = TestEngine.required();
        Launchers launchers = new Launchers(source.folder(), null)) {
      TrainerImage image = new TrainerImage(engine.client(), source);
      assumeTrue(
          "required".equals(System.getenv("VOCALISE_ENGINE")) || image.exists(image.tag()),
          "the trainer's image is not built: 'vocalise train start --launcher docker' builds it");
      Launcher launcher = launchers.named("docker");
      launcher.prepare(line -> {});
      RunDirectory run = new Runs(folder.resolve("runs")).create(new RunName("real"));
      Launch launch = RunStart.start(run, launcher, request());
      RunView view = new RunView(run, launchers);
      while (view.history().checkpoint() == null) {
        assertEquals(RunState.RUNNING, view.status().state(), view.status().toString());
        Thread.sleep(50);
        view.refresh();
      }
      engine.client().killContainerCmd(Objects.requireNonNull(launch.container()).id()).exec();
      assertEquals(RunState.LOST, supervise(run, launchers).state());

      Launch resumed = RunStart.start(run, launcher, request());
      RunStatus status = supervise(run, launchers);
      assertEquals(RunState.FINISHED, status.state(), status.toString());
      view.refresh();
      assertEquals(1, view.history().resumes());
      Path onnx = Files.createDirectories(folder.resolve("out")).resolve("real.onnx");
      launcher.export(run, resumed, run.path(), onnx);
      OnnxVocoder.open(onnx).close();
      assertTrue(Files.isWritable(onnx));
    }
  }

  private static RunStatus supervise(RunDirectory run, Launchers launchers) throws Exception {
    return new Supervisor(run, launchers, RestartPolicy.NEVER, seen -> {}).supervise();
  }

  private TrainingRequest request() throws Exception {
    for (String singer : List.of("alto", "tenor")) {
      Path file = folder.resolve("data").resolve(singer + "#phrase").resolve("0.wav");
      Files.createDirectories(file.resolveSibling("."));
      Waveform phrase = SungPhrase.sing(singer.equals("alto") ? 22050 : 24000);
      if (!Files.exists(file)) {
        try (WavWriter wav = new WavWriter(file, phrase.sampleRate(), WavFormat.PCM16)) {
          wav.write(phrase.samples(), 0, phrase.samples().length);
        }
      }
    }
    return new TrainingRequest(
        "small",
        folder.resolve("data").toRealPath().toString(),
        List.of(
            "steps=8",
            "batch_size=2",
            "report.log_every=1",
            "report.checkpoint_every=2",
            "data.speeds=[1]"),
        Resources.DEFAULT);
  }
}
