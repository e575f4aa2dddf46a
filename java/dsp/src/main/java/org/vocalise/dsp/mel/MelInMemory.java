package org.vocalise.dsp.mel;

/** The frames of a {@link Mel}. */
record MelInMemory(Mel mel) implements MelSource {
  @Override
  public MelSpec spec() {
    return mel.spec();
  }

  @Override
  public long frames() {
    return mel.frames();
  }

  @Override
  public void read(long first, int count, float[] target) {
    int start = Math.toIntExact(first);
    for (int band = 0; band < mel.spec().bands(); band++) {
      System.arraycopy(mel.values(), band * mel.frames() + start, target, band * count, count);
    }
  }

  @Override
  public void close() {}
}
