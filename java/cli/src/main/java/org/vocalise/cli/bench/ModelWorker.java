package org.vocalise.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelFile;
import org.vocalise.dsp.mel.MelSource;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.inference.OnnxVocoder;

/**
 * Our side of the comparison of models: {@code network MODEL THREADS MEL...}, the network alone, or
 * {@code waveform MODEL THREADS MEL...}, everything. Each thread works on a mel of its own, as
 * {@code vocode --jobs} does.
 */
final class ModelWorker {
  private String file = "";
  private @Nullable OnnxVocoder vocoder;

  private ModelWorker() {}

  /** Answers until the input ends. */
  public static void main(String[] args) throws Exception {
    RequestLoop.serve(new ModelWorker()::answer);
  }

  private String answer(String[] words) throws Exception {
    OnnxVocoder model = open(words[1]);
    List<MelSource> mels = new ArrayList<>();
    for (String mel : Arrays.asList(words).subList(3, words.length)) {
      mels.add(read(Path.of(mel), model.spec()));
    }
    boolean waveform = words[0].equals("waveform");
    ExecutorService pool = Executors.newFixedThreadPool(Integer.parseInt(words[2]));
    try {
      String times =
          RequestLoop.timed(
              () -> {
                List<Future<?>> runs = new ArrayList<>();
                for (MelSource mel : mels) {
                  runs.add(pool.submit(() -> run(model, mel, waveform)));
                }
                for (Future<?> run : runs) {
                  run.get();
                }
                return mels;
              });
      return times + " " + mels.size();
    } finally {
      pool.shutdown();
    }
  }

  private static boolean run(OnnxVocoder model, MelSource mel, boolean waveform)
      throws IOException, InterruptedException {
    if (waveform) {
      model.vocode(mel, (samples, offset, length) -> {});
    } else {
      model.runNetwork(mel);
    }
    return waveform;
  }

  private OnnxVocoder open(String wanted) throws IOException {
    if (vocoder != null && file.equals(wanted)) {
      return vocoder;
    }
    if (vocoder != null) {
      vocoder.close();
    }
    OnnxVocoder opened = OnnxVocoder.open(Path.of(wanted));
    vocoder = opened;
    file = wanted;
    return opened;
  }

  private static MelSource read(Path file, MelSpec spec) throws IOException {
    try (MelFile mel = MelFile.open(file, spec, spec.log())) {
      int frames = Math.toIntExact(mel.frames());
      float[] values = new float[spec.bands() * frames];
      mel.read(0, frames, values);
      return MelSource.of(new Mel(values, frames, spec));
    }
  }
}
