package org.vocalise.dsp.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ElementaryTest {
  @Test
  void logarithmIsThatOfTheLibrary() {
    for (float x = 1e-30f; x < 1e30f; x *= 1.0173f) {
      double expected = StrictMath.log(x);
      assertEquals(expected, Elementary.log(x), 3e-7 * Math.max(1, Math.abs(expected)));
    }
  }

  @Test
  void exponentialIsThatOfTheLibrary() {
    for (float x = -86; x < 86; x += 0.0371f) {
      assertEquals(1, Elementary.exp(x) / StrictMath.exp(x), 2e-6, "at " + x);
    }
    assertEquals(0, Elementary.exp(-200));
  }

  @Test
  void sineAndCosineAreThoseOfTheLibrary() {
    for (float turns = 0; turns <= 1; turns += 0.000317f) {
      assertEquals(StrictMath.sin(2 * Math.PI * turns), Elementary.sin(turns), 5e-6);
      assertEquals(StrictMath.cos(2 * Math.PI * turns), Elementary.cos(turns), 5e-6);
    }
  }
}
