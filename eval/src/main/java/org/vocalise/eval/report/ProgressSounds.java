package org.vocalise.eval.report;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.vocalise.dsp.picture.SpectrogramPanels;

/** Checkpoints to be heard and seen beside the recordings. */
final class ProgressSounds {
  /** More players than these are too many to compare; the others are on the disk. */
  private static final int MOST_PLAYERS = 12;

  private final Html html;
  private final ProgressInfo info;
  private final Path place;

  ProgressSounds(Html html, ProgressInfo info, Path place) {
    this.html = html;
    this.info = info;
    this.place = place;
  }

  void write() {
    html.open("section", "id", "listen").leaf("h2", "Listen");
    html.open("p").text("Phases of magnitude models are those of 'vocode'.");
    if (info.checkpoints().size() > MOST_PLAYERS) {
      html.text(
          " Of %d checkpoints, %d are here: first, best, last, and others between."
              .formatted(info.checkpoints().size(), MOST_PLAYERS));
    }
    html.text(
        " Spectrograms show the first %d s, on one scale of 80 dB below the loudest value; in the"
            .formatted(Excerpt.SECONDS));
    html.text(" difference, blue is too weak and red too strong, by up to 30 dB.");
    html.close().line();
    info.clips().forEach(this::clip);
    html.close().line();
  }

  private void clip(ProgressInfo.Clip clip) {
    List<ProgressInfo.Checkpoint> made =
        info.checkpoints().stream().filter(each -> each.sounds().containsKey(clip.key())).toList();
    html.open("article", "class", "example").open("h3").name(clip.name()).close();
    html.open("div", "class", "players");
    player("Recording", clip.reference());
    for (ProgressInfo.Checkpoint checkpoint : chosen(made)) {
      Path sound = checkpoint.sounds().get(clip.key());
      if (sound != null) {
        player(words(checkpoint), sound);
      }
    }
    html.close().line();
    if (!made.isEmpty()) {
      ProgressInfo.Checkpoint last = made.get(made.size() - 1);
      ProgressInfo.Checkpoint best =
          made.stream().filter(ProgressInfo.Checkpoint::best).findFirst().orElse(last);
      panels(clip, made.get(0), best);
    }
    html.close().line();
  }

  private static String words(ProgressInfo.Checkpoint checkpoint) {
    return "step " + checkpoint.step() + (checkpoint.best() ? ", best" : "");
  }

  /** First, best and last, and others at even distances. */
  private static List<ProgressInfo.Checkpoint> chosen(List<ProgressInfo.Checkpoint> all) {
    if (all.size() <= MOST_PLAYERS) {
      return all;
    }
    TreeSet<Integer> places = new TreeSet<>();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).best()) {
        places.add(i);
      }
    }
    int evenly = MOST_PLAYERS - places.size();
    for (int i = 0; i < evenly; i++) {
      places.add((int) ((long) i * (all.size() - 1) / (evenly - 1)));
    }
    List<ProgressInfo.Checkpoint> chosen = new ArrayList<>();
    places.forEach(index -> chosen.add(all.get(index)));
    return chosen;
  }

  private void player(String words, Path file) {
    Player.write(html, words, link(file));
  }

  /** Names of recordings may hold any character. */
  private String link(Path file) {
    String path = place.relativize(file).toString().replace('\\', '/');
    try {
      return new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  private void panels(
      ProgressInfo.Clip clip, ProgressInfo.Checkpoint first, ProgressInfo.Checkpoint best) {
    html.open("div", "class", "panels");
    try {
      Excerpt excerpt = excerpt(clip, best);
      int rate = excerpt.reference().sampleRate();
      double seconds = excerpt.seconds();
      SpectrogramPanels panels = excerpt.panels();
      PanelPlot.write(
          html, "Recording, kHz", "Spectrogram of the recording", panels.first(), seconds, rate);
      if (first.step() != best.step()) {
        String early = words(first) + ", kHz";
        PanelPlot.write(html, early, early, excerpt(clip, first).panels().second(), seconds, rate);
      }
      String name = words(best) + ", kHz";
      PanelPlot.write(html, name, name, panels.second(), seconds, rate);
      String apart =
          String.format(
              Locale.ROOT,
              "step %d - recording: %.1f dB apart on average",
              best.step(),
              panels.meanDecibels());
      PanelPlot.write(html, apart, apart, panels.difference(), seconds, rate);
    } catch (IOException e) {
      html.leaf("p", "can't be shown: " + e.getMessage(), "class", "warning");
    }
    html.close().line();
  }

  private static Excerpt excerpt(ProgressInfo.Clip clip, ProgressInfo.Checkpoint checkpoint)
      throws IOException {
    return Excerpt.read(
        clip.reference(), checkpoint.sounds().getOrDefault(clip.key(), clip.reference()));
  }
}
