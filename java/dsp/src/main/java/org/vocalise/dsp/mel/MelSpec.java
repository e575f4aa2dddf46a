package org.vocalise.dsp.mel;

/**
 * Everything that makes two mel spectrograms of one recording differ.
 *
 * @param sampleRate Hz, at least 1000
 * @param nFft transform length in samples, at least {@code windowLength}
 * @param windowLength length of the periodic Hann window, centred in the transform
 * @param hop samples from frame to frame
 * @param bands number of mel bands
 * @param fMin lower edge of the lowest band, Hz
 * @param fMax upper edge of the highest band, Hz
 * @param scale mel scale on which the bands are equally wide
 * @param norm scaling of each triangular filter
 * @param padding what surrounds the signal before it is cut into frames
 * @param spectrum whether the filters see magnitudes or powers
 * @param log logarithm applied to the mel values
 * @param floor smallest value before the logarithm; unused when {@code log} is NONE
 */
public record MelSpec(
    int sampleRate,
    int nFft,
    int windowLength,
    int hop,
    int bands,
    double fMin,
    double fMax,
    Scale scale,
    Norm norm,
    Padding padding,
    Spectrum spectrum,
    Log log,
    double floor) {

  /** Mel scale. */
  public enum Scale {
    /** 2595 log10(1 + f / 700). */
    HTK,
    /** Linear below 1 kHz, logarithmic above (Slaney's Auditory Toolbox; librosa's default). */
    SLANEY
  }

  /** Scaling of the filters. */
  public enum Norm {
    /** Peaks of 1. */
    NONE,
    /** Area of 1 Hz: each filter is divided by half its width in Hz. */
    SLANEY
  }

  /** What surrounds the signal. */
  public enum Padding {
    /** (nFft - hop) / 2 zeros on both sides: frame t is centred on sample hop t + hop / 2. */
    ZERO,
    /** (nFft - hop) / 2 mirrored samples on both sides. */
    REFLECT,
    /** nFft / 2 mirrored samples on both sides: frame t is centred on sample hop t. */
    CENTRED
  }

  /** What the filters see. */
  public enum Spectrum {
    /** |X|^2. */
    POWER,
    /** |X|. */
    MAGNITUDE,
    /** sqrt(|X|^2 + 1e-9), HiFi-GAN's magnitude. */
    MAGNITUDE_EPS
  }

  /** Logarithm of the mel values. */
  public enum Log {
    /** None: the values stay linear. */
    NONE,
    /** Natural. */
    LN,
    /** Base 10. */
    LOG10,
    /** Decibels: 10 log10 of powers, 20 log10 of magnitudes. */
    DB
  }

  /** The brief's mel: torchaudio's MelSpectrogram, zero padding of 384, linear power. */
  public static final MelSpec NTU =
      new MelSpec(
          22050,
          1024,
          1024,
          256,
          80,
          0,
          8000,
          Scale.HTK,
          Norm.NONE,
          Padding.ZERO,
          Spectrum.POWER,
          Log.NONE,
          0);

  /** HiFi-GAN's mel: ln of Slaney-normalised magnitudes, reflected padding of 384. */
  public static final MelSpec HIFIGAN =
      new MelSpec(
          22050,
          1024,
          1024,
          256,
          80,
          0,
          8000,
          Scale.SLANEY,
          Norm.SLANEY,
          Padding.REFLECT,
          Spectrum.MAGNITUDE_EPS,
          Log.LN,
          1e-5);

  /** Vocos' mel at 24 kHz: ln of HTK magnitudes, centred frames. */
  public static final MelSpec VOCOS24K =
      new MelSpec(
          24000,
          1024,
          1024,
          256,
          100,
          0,
          12000,
          Scale.HTK,
          Norm.NONE,
          Padding.CENTRED,
          Spectrum.MAGNITUDE,
          Log.LN,
          1e-7);

  /** Checks that the values fit together; each message names the field, its value and the bound. */
  public MelSpec {
    require(
        sampleRate >= 1000 && sampleRate <= 768_000, "sample_rate", sampleRate, "1000 to 768000");
    require(nFft >= 16 && nFft <= 65_536 && nFft % 2 == 0, "n_fft", nFft, "even, 16 to 65536");
    require(windowLength >= 2 && windowLength <= nFft, "window", windowLength, "2 to n_fft");
    require(hop >= 1 && hop <= windowLength, "hop", hop, "1 to the window");
    require(bands >= 1 && bands <= 1024, "bands", bands, "1 to 1024");
    require(fMax > 0 && fMax <= sampleRate / 2.0, "fmax", fMax, "above 0, to half the sample rate");
    require(fMin >= 0 && fMin < fMax, "fmin", fMin, "0 up to, not including, fmax");
    require(log == Log.NONE || (floor > 0 && floor < 1), "floor", floor, "above 0 and below 1");
    require(
        padding == Padding.CENTRED || (nFft - hop) % 2 == 0,
        "hop",
        hop,
        "n_fft less an even number");
  }

  private static void require(boolean ok, String field, Object value, String bound) {
    if (!ok) {
      throw new IllegalArgumentException(
          "mel spec: " + field + " is " + value + ", allowed is: " + bound);
    }
  }

  /** Number of frequency bins, nFft / 2 + 1. */
  public int bins() {
    return nFft / 2 + 1;
  }

  /** Samples added before the signal (and after it). */
  public int pad() {
    return padding == Padding.CENTRED ? nFft / 2 : (nFft - hop) / 2;
  }

  /** Number of frames of a signal of {@code samples} samples; 0 if it is too short for one. */
  public long frames(long samples) {
    return samples < shortest() ? 0 : 1 + (samples + 2L * pad() - nFft) / hop;
  }

  /** Samples of the shortest signal that has a frame; what is mirrored must be in the signal. */
  public int shortest() {
    int whole = Math.max(1, nFft - 2 * pad());
    return padding == Padding.ZERO ? whole : Math.max(whole, pad() + 1);
  }

  /** The sample on which frame 0 is centred; frame t lies hop t samples later. */
  public int centreOfFirstFrame() {
    return nFft / 2 - pad();
  }
}
