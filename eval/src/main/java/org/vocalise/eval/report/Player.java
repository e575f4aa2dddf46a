package org.vocalise.eval.report;

/** A named player of one sound, which is loaded when it is played. */
final class Player {
  private Player() {}

  /** Writes a player of what lies at an address, a data URI for instance. */
  static void write(Html html, String words, String address) {
    html.open("div").leaf("bdi", words);
    html.open(
            "audio", "controls", "controls", "preload", "none", "aria-label", words, "src", address)
        .close()
        .close();
  }
}
