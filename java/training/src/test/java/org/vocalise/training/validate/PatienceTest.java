package org.vocalise.training.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule of the best, and when hope is given up. */
final class PatienceTest {
  @Test
  void validationsWithoutABetterOneAreCounted() {
    List<Validation> all = List.of(made(10, 0.9), made(20, 0.8), made(30, 0.8), fault(40));
    assertNull(Patience.exhausted(all, patience(0), 0));
    assertNull(Patience.exhausted(all, patience(2), 0), "equal counts, a fault does not");
    assertEquals(
        "the best validation is still that of step 20 (m_stft 0.8000); validations since: 1",
        Patience.exhausted(all, patience(1), 0));
    List<Validation> more = new ArrayList<>(all);
    more.add(made(50, 0.81));
    assertTrue(String.valueOf(Patience.exhausted(more, patience(2), 0)).contains("step 20"));
    assertNull(Patience.exhausted(more, patience(2), 30), "resumed at 30, it has two again");
    assertNull(Patience.exhausted(List.of(), patience(1), 0));
  }

  @Test
  void rulesAreMetricsAndWeights() {
    BestRule sum = BestRule.parse("m_stft, f0_off_50_cents = 2");
    assertEquals("m_stft,f0_off_50_cents=2.0", sum.text());
    assertEquals(1.1, sum.value(Map.of("m_stft", 0.9, "f0_off_50_cents", 0.1)).orElseThrow());
    assertTrue(sum.value(Map.of("m_stft", 0.9)).isEmpty());
    assertEquals(sum, BestRule.parse(sum.text()));
    BestRule median = BestRule.parse("f0_median_cents");
    assertEquals(3.5, median.value(Map.of("f0_mae_cents", 9.0, "f0_median_cents", 3.5)).orElse(0));
    assertTrue(median.value(Map.of("f0_mae_cents", 9.0)).isEmpty(), "of an earlier version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "loss", "m_stft=0", "m_stft=x", "m_stft=Infinity", "m_stft,m_stft"})
  void otherRulesAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> BestRule.parse(text));
  }

  private static ValidationSettings patience(int patience) {
    return new ValidationSettings(1, true, "m_stft", patience, "yin", "log-mel", 3, 30);
  }

  private static Validation made(long step, double mStft) {
    return line(step, Map.of("m_stft", mStft), null);
  }

  private static Validation fault(long step) {
    return line(step, Map.of(), "damaged");
  }

  private static Validation line(long step, Map<String, Double> scores, @Nullable String fault) {
    return new Validation(
        "", step, "", "", "yin", "log-mel", "", scores, List.of(), null, List.of(), 0, fault);
  }
}
