package org.vocalise.dsp.audio;

import java.io.IOException;

/** What a file seems to be by its first bytes. */
enum AudioSignature {
  WAV("a WAV file"),
  FLAC("a FLAC file"),
  EMPTY("an empty file (0 bytes)"),
  WAV_BIG_ENDIAN("a big-endian WAV file (RIFX)"),
  MP3("an MP3 file"),
  AAC("an AAC file"),
  OGG("an Ogg file (Vorbis, Opus or FLAC in Ogg)"),
  AIFF("an AIFF file"),
  CAF("a Core Audio file"),
  AU("a Sun audio file"),
  MPEG4("an MPEG-4 file"),
  MATROSKA("a Matroska or WebM file"),
  WAVPACK("a WavPack file"),
  MONKEYS("a Monkey's Audio file"),
  RIFF_OTHER("a RIFF file cut off or of another kind (AVI, WebP)"),
  NPY("a NumPy array"),
  ARCHIVE("a compressed archive"),
  TEXT("a text file"),
  UNKNOWN("a file of an unknown format");

  /** Number of bytes that are looked at, an ID3 tag aside. */
  static final int LENGTH = 64;

  private static final int ID3_HEADER = 10;

  private final String description;

  AudioSignature(String description) {
    this.description = description;
  }

  /** Why a file with this signature is refused, and the cure. */
  String refusal() {
    String cure =
        switch (this) {
          case EMPTY -> "; make it again";
          case TEXT, UNKNOWN -> "; leave it out, or make it again";
          case NPY -> "; if it is a mel spectrogram, it is an input of vocode";
          case ARCHIVE -> "; unpack it";
          default -> "; convert it: ffmpeg -i INPUT OUTPUT.wav";
        };
    return "looks like " + description + ", not like WAV or FLAC" + cure;
  }

  /** Looks at the input's first bytes; passes over an ID3 tag before a FLAC stream only. */
  static AudioSignature of(BlockInput input) throws IOException {
    if (startsWith(input, 0, "ID3") && input.available() >= ID3_HEADER) {
      return skipTag(input) && startsWith(input, 0, "fLaC") ? FLAC : MP3;
    }
    int length = Math.min(LENGTH, input.available());
    if (length == 0) {
      return EMPTY;
    }
    AudioSignature container = container(input);
    if (container != UNKNOWN) {
      return container;
    }
    int first = input.bytes[input.position] & 0xFF;
    int second = length > 1 ? input.bytes[input.position + 1] & 0xFF : 0;
    if (first == 0xFF && (second & 0xF6) == 0xF0) {
      return AAC;
    }
    if (first == 0xFF && (second & 0xE0) == 0xE0 && (second & 0x06) != 0) {
      return MP3;
    }
    return isText(input, length) ? TEXT : UNKNOWN;
  }

  private static AudioSignature container(BlockInput input) {
    if (startsWith(input, 8, "WAVE")) {
      if (startsWith(input, 0, "RIFF")
          || startsWith(input, 0, "RF64")
          || startsWith(input, 0, "BW64")) {
        return WAV;
      }
    }
    if (startsWith(input, 8, "AIFF") || startsWith(input, 8, "AIFC")) {
      return AIFF;
    }
    if (startsWith(input, 4, "ftyp")) {
      return MPEG4;
    }
    String head = input.peekText(Math.min(4, input.available()));
    return switch (head) {
      case "fLaC" -> FLAC;
      case "RIFX" -> WAV_BIG_ENDIAN;
      case "RIFF" -> RIFF_OTHER;
      case "OggS" -> OGG;
      case "caff" -> CAF;
      case ".snd" -> AU;
      case "\u001aE\u00df\u00a3" -> MATROSKA;
      case "wvpk" -> WAVPACK;
      case "MAC " -> MONKEYS;
      case "\u0093NUM" -> NPY;
      case "PK\u0003\u0004" -> ARCHIVE;
      default -> head.startsWith("\u001f\u008b") ? ARCHIVE : UNKNOWN;
    };
  }

  private static boolean skipTag(BlockInput input) throws IOException {
    int at = input.position;
    byte[] bytes = input.bytes;
    // Four bytes of seven bits each; a footer, where flagged, repeats the header.
    long size = 0;
    for (int i = 6; i < ID3_HEADER; i++) {
      size = size << 7 | (bytes[at + i] & 0x7F);
    }
    int footer = (bytes[at + 5] & 0x10) != 0 ? ID3_HEADER : 0;
    input.skip(ID3_HEADER + size + footer);
    return input.ensure(4);
  }

  private static boolean startsWith(BlockInput input, int skip, String magic) {
    if (input.available() < skip + magic.length()) {
      return false;
    }
    for (int i = 0; i < magic.length(); i++) {
      if ((input.bytes[input.position + skip + i] & 0xFF) != magic.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(BlockInput input, int length) {
    for (int i = 0; i < length; i++) {
      int value = input.bytes[input.position + i] & 0xFF;
      boolean control = value < 0x20 && value != '\t' && value != '\n' && value != '\r';
      if (control || value == 0x7F) {
        return false;
      }
    }
    return true;
  }
}
