package org.vocalise.dsp.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CurvePictureTest {
  private static final int LINE = 0xB3400A;
  private static final int MARK = 0x2B7332;

  @Test
  void everyCurveHasAPanelAndTheMarkedPointItsColour() {
    double[] steps = {500, 1000, 1500};
    CurvePicture.Curve falling =
        new CurvePicture.Curve("m_stft", steps, new double[] {1.2, 1.0, 0.9}, 2);
    CurvePicture.Curve flat = new CurvePicture.Curve("share", steps, new double[] {0, 0, 0}, -1);
    BufferedImage one = CurvePicture.of(List.of(falling), "step");
    BufferedImage two = CurvePicture.of(List.of(falling, flat), "step");
    assertEquals(one.getWidth(), two.getWidth());
    assertTrue(two.getHeight() > 1.8 * one.getHeight());
    assertTrue(pixels(one, MARK) > 40);
    assertEquals(pixels(one, MARK), pixels(two, MARK));
    assertTrue(pixels(two, LINE) > pixels(one, LINE) + 500, "the flat curve is drawn, too");
  }

  @Test
  void aPointAloneIsDrawn() {
    CurvePicture.Curve point =
        new CurvePicture.Curve("m_stft", new double[] {7}, new double[] {0.9}, 0);
    assertTrue(pixels(CurvePicture.of(List.of(point), "step"), MARK) > 40);
  }

  @Test
  void nothingCannotBeDrawn() {
    double[] none = {};
    assertThrows(IllegalArgumentException.class, () -> CurvePicture.of(List.of(), "step"));
    assertThrows(IllegalArgumentException.class, () -> new CurvePicture.Curve("x", none, none, -1));
  }

  private static int pixels(BufferedImage image, int colour) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
      }
    }
    return count;
  }
}
