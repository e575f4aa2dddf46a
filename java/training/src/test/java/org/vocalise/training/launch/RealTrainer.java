package org.vocalise.training.launch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.synth.SungPhrase;

/**
 * The project's own trainer in its image of 5 GB, which is built where an engine is required, else
 * only used where it is there.
 */
final class RealTrainer {
  private RealTrainer() {}

  /** The launcher of containers of that image. */
  static Launcher launcher(DockerEngine engine, Launchers launchers) throws Exception {
    TrainerImage image = new TrainerImage(engine.client(), TrainerSource.find(null));
    assumeTrue(
        "required".equals(System.getenv("VOCALISE_ENGINE")) || image.exists(image.tag()),
        "the trainer's image is not built: 'vocalise train start --launcher docker' builds it");
    Launcher launcher = launchers.named("docker");
    launcher.prepare(line -> {});
    return launcher;
  }

  /** Two short phrases by two singers. */
  static Path recordings(Path folder) throws IOException {
    for (String singer : List.of("alto", "tenor")) {
      Path file = folder.resolve(singer + "#phrase").resolve("0.wav");
      Files.createDirectories(file.resolveSibling("."));
      Waveform phrase = SungPhrase.sing(singer.equals("alto") ? 22050 : 24000);
      try (WavWriter wav = new WavWriter(file, phrase.sampleRate(), WavFormat.PCM16)) {
        wav.write(phrase.samples(), 0, phrase.samples().length);
      }
    }
    return folder.toRealPath();
  }

  /** A few small steps with a checkpoint at every other. */
  static TrainingRequest request(Path data, int steps, Resources resources, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "steps=" + steps,
                "batch_size=2",
                "threads=1",
                "report.log_every=1",
                "report.checkpoint_every=2",
                "data.speeds=[1]"));
    all.addAll(List.of(settings));
    return new TrainingRequest("small", data.toString(), all, resources);
  }
}
