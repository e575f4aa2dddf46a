package org.vocalise.training.launch;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.Image;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.vocalise.dsp.io.InputException;

/**
 * The trainer's image, whose tag is a hash of what it is made of: built once, then found. The one
 * that was asked for last is {@code latest}, too, which is what {@code docker-compose.yml} runs.
 */
final class TrainerImage {
  private static final String LATEST = "latest";

  /** Says which package an image was built of, so that those of other clones are left alone. */
  private static final String SOURCE_LABEL = "org.vocalise.source";

  private final DockerClient client;
  private final TrainerSource source;

  TrainerImage(DockerClient client, TrainerSource source) {
    this.client = client;
    this.source = source;
  }

  /** Name and tag for the sources as they are now. */
  String tag() throws IOException {
    return source.name() + ":" + source.contentHash();
  }

  boolean exists(String tag) {
    try {
      client.inspectImageCmd(tag).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  /**
   * Builds the image unless it is there.
   *
   * @return its tag
   */
  String prepare(Consumer<String> progress) throws IOException {
    String tag = tag();
    boolean missing = !exists(tag);
    if (missing) {
      build(tag, progress);
    }
    try {
      client.tagImageCmd(tag, source.name(), LATEST).exec();
    } catch (DockerException e) {
      throw new IOException("the image " + tag + " can't be tagged: " + e.getMessage(), e);
    }
    if (missing) {
      prune(tag, progress);
    }
    return tag;
  }

  private void build(String tag, Consumer<String> progress) throws IOException {
    if (!Files.isRegularFile(source.folder().resolve("Dockerfile"))) {
      throw new InputException(source.folder(), "holds no Dockerfile to build an image from");
    }
    progress.accept("building the image " + tag + ", once; 5 GB with PyTorch and CUDA");
    Path context = Files.createTempFile("vocalise-image-", ".tar");
    try {
      writeContext(context);
      try (InputStream tar = Files.newInputStream(context)) {
        client
            .buildImageCmd(tar)
            .withTags(Set.of(tag))
            .withBuildArg("REVISION", source.contentHash())
            .withLabels(labels())
            .withForcerm(true)
            .exec(new Progress(progress))
            .awaitImageId();
      }
    } catch (DockerException e) {
      throw new IOException("the image " + tag + " can't be built: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(context);
    }
  }

  private Map<String, String> labels() {
    return Map.of(SOURCE_LABEL, source.folder().toString());
  }

  /** Removes what was built of earlier states of the package; layers in common stay. */
  private void prune(String kept, Consumer<String> progress) throws IOException {
    String latest = source.name() + ":" + LATEST;
    for (Image image : client.listImagesCmd().withLabelFilter(labels()).exec()) {
      String[] tags = image.getRepoTags();
      for (String tag : tags == null ? new String[0] : tags) {
        if (tag.startsWith(source.name() + ":") && !tag.equals(kept) && !tag.equals(latest)) {
          try {
            client.removeImageCmd(tag).exec();
            progress.accept("removed the image " + tag + " of an earlier state of the package");
          } catch (DockerException e) {
            // A container still has it.
          }
        }
      }
    }
  }

  /** No more than what the hash covers goes to the engine. */
  private void writeContext(Path target) throws IOException {
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(target));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(file, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Path path : source.files()) {
        String name = source.folder().relativize(path).toString().replace('\\', '/');
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(Files.size(path));
        // The same times always, so that the engine's cache finds its layers.
        entry.setModTime(0L);
        tar.putArchiveEntry(entry);
        Files.copy(path, tar);
        tar.closeArchiveEntry();
      }
    }
  }

  /** Passes on the builder's steps, not what each prints. */
  private static final class Progress extends BuildImageResultCallback {
    private final Consumer<String> progress;

    Progress(Consumer<String> progress) {
      this.progress = progress;
    }

    @Override
    public void onNext(BuildResponseItem item) {
      String text = item.getStream();
      if (text != null && text.startsWith("Step ")) {
        progress.accept(text.strip());
      }
      super.onNext(item);
    }
  }
}
