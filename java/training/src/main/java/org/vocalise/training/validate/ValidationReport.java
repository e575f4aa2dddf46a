package org.vocalise.training.validate;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.AtomicFile;
import org.vocalise.dsp.picture.CurvePicture;
import org.vocalise.dsp.picture.SpectrogramPicture;
import org.vocalise.eval.report.ProgressInfo;
import org.vocalise.eval.report.ProgressReport;
import org.vocalise.training.run.RunDirectory;

/** Validations to be heard and seen: a page, and curves as a picture. */
final class ValidationReport {
  private ValidationReport() {}

  /** Writes both, each whole or not at all. */
  static void write(
      RunDirectory run,
      List<Validation> validations,
      @Nullable Validation best,
      ValidationSettings settings,
      ValidationClips clips,
      List<String> warnings)
      throws IOException {
    List<Validation> scored = validations.stream().filter(each -> each.fault() == null).toList();
    ProgressInfo info = info(run, scored, best, settings, clips, warnings);
    try (AtomicFile page = AtomicFile.create(run.validationPage(), true)) {
      ProgressReport.write(info, page.temporary(), run.path());
      page.commit();
    }
    List<CurvePicture.Curve> curves = curves(scored, best);
    if (!curves.isEmpty()) {
      try (AtomicFile picture = AtomicFile.create(run.validationCurves(), true)) {
        try (OutputStream out =
            new BufferedOutputStream(Files.newOutputStream(picture.temporary()))) {
          SpectrogramPicture.write(CurvePicture.of(curves, "step"), out);
        }
        picture.commit();
      }
    }
  }

  private static ProgressInfo info(
      RunDirectory run,
      List<Validation> validations,
      @Nullable Validation best,
      ValidationSettings settings,
      ValidationClips clips,
      List<String> warnings) {
    List<ProgressInfo.Checkpoint> checkpoints = new ArrayList<>();
    for (Validation each : validations) {
      TrainerCheck check = each.trainer();
      checkpoints.add(
          new ProgressInfo.Checkpoint(
              each.step(),
              each.scores(),
              check == null ? null : Double.valueOf(check.mStft()),
              best != null && each.step() == best.step(),
              sounds(run, each)));
    }
    List<ProgressInfo.Clip> heard =
        clips.clips().stream()
            .filter(clip -> checkpoints.stream().anyMatch(c -> c.sounds().containsKey(clip.stem())))
            .map(clip -> new ProgressInfo.Clip(clip.stem(), clip.name(), clip.wav()))
            .toList();
    int count = clips.clips().size();
    List<String> facts =
        List.of(
            checkpoints.size() == 1 ? "1 checkpoint" : checkpoints.size() + " checkpoints",
            count == 1 ? "1 validation clip" : count + " validation clips",
            "pitch by " + settings.tracker(),
            "Frechet distance of " + settings.embedding());
    return new ProgressInfo(
        run.name() + ": validation", facts, settings.bestBy(), warnings, checkpoints, heard);
  }

  private static Map<String, Path> sounds(RunDirectory run, Validation validation) {
    Map<String, Path> sounds = new LinkedHashMap<>();
    Path folder = run.validated().resolve("step-" + validation.step());
    for (String stem : validation.players()) {
      Path file = folder.resolve(stem + ".wav");
      if (Files.isRegularFile(file)) {
        sounds.put(stem, file);
      }
    }
    return sounds;
  }

  private static List<CurvePicture.Curve> curves(
      List<Validation> validations, @Nullable Validation best) {
    List<CurvePicture.Curve> curves = new ArrayList<>();
    for (String metric : BestRule.METRICS) {
      List<Validation> having =
          validations.stream().filter(each -> each.scores().containsKey(metric)).toList();
      if (!having.isEmpty()) {
        curves.add(
            new CurvePicture.Curve(
                metric,
                having.stream().mapToDouble(Validation::step).toArray(),
                having.stream()
                    .mapToDouble(each -> each.scores().getOrDefault(metric, Double.NaN))
                    .toArray(),
                best == null ? -1 : having.indexOf(best)));
      }
    }
    return curves;
  }
}
