package org.vocalise.training.run;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of an event's line in the very form in which the trainer writes it, time, step and
 * kind first, without parsing JSON: a run may have a million of them. All else is left to {@link
 * EventParser}. Not thread-safe.
 */
final class HeadScanner {
  private static final byte[] TIME = bytes("{\"time\": \"");
  private static final byte[] STEP = bytes("Z\", \"step\": ");
  private static final byte[] KIND = bytes(", \"kind\": \"");
  private static final byte[] TRAIN = bytes("train\"");
  private static final int MINUTE_LENGTH = "dddd-dd-ddTdd:dd".length();
  private static final int TIME_LENGTH = "dddd-dd-ddTdd:dd:dd.ddd".length();
  private static final int LONGEST_NUMBER = 15;

  /** Most lines are of the same minute as the one before. */
  private final byte[] minute = new byte[MINUTE_LENGTH];

  private long minuteMillis;

  /** The head; null for a line of another form. */
  EventParser.@Nullable Head scan(byte[] line, int offset, int length) {
    int end = offset + length;
    int time = offset + TIME.length;
    int afterTime = time + TIME_LENGTH;
    int step = afterTime + STEP.length;
    if (step + 1 > end || line[end - 1] != '}') {
      return null;
    }
    if (!has(line, offset, end, TIME) || !has(line, afterTime, end, STEP)) {
      return null;
    }
    long millis = millis(line, time);
    int afterStep = step;
    while (afterStep < end && line[afterStep] >= '0' && line[afterStep] <= '9') {
      afterStep++;
    }
    int kind = afterStep + KIND.length;
    if (millis < 0 || afterStep == step || afterStep - step > LONGEST_NUMBER) {
      return null;
    }
    if (!has(line, afterStep, end, KIND) || !has(line, kind, end, TRAIN)) {
      return null;
    }
    return new EventParser.Head(millis, number(line, step, afterStep), "train");
  }

  /** Milliseconds since 1970; negative if there is no time. */
  private long millis(byte[] line, int at) {
    if (!Arrays.equals(line, at, at + MINUTE_LENGTH, minute, 0, MINUTE_LENGTH)) {
      if (!isMinute(line, at)) {
        return -1;
      }
      System.arraycopy(line, at, minute, 0, MINUTE_LENGTH);
      int month = (int) number(line, at + 5, at + 7);
      long days =
          daysSince1970((int) number(line, at, at + 4), month, (int) number(line, at + 8, at + 10));
      long hours = days * 24 + number(line, at + 11, at + 13);
      minuteMillis = (hours * 60 + number(line, at + 14, at + 16)) * 60_000;
    }
    boolean seconds = line[at + 16] == ':' && digits(line, at + 17, at + 19);
    if (!seconds || line[at + 19] != '.' || !digits(line, at + 20, at + 23)) {
      return -1;
    }
    return minuteMillis + number(line, at + 17, at + 19) * 1000 + number(line, at + 20, at + 23);
  }

  /** Whether there is a {@code dddd-dd-ddTdd:dd}. */
  private static boolean isMinute(byte[] line, int at) {
    boolean date = digits(line, at, at + 4) && digits(line, at + 5, at + 7);
    boolean time = digits(line, at + 11, at + 13) && digits(line, at + 14, at + 16);
    boolean signs = line[at + 4] == '-' && line[at + 7] == '-' && line[at + 10] == 'T';
    return date && digits(line, at + 8, at + 10) && time && signs && line[at + 13] == ':';
  }

  private static boolean digits(byte[] line, int from, int to) {
    for (int i = from; i < to; i++) {
      if (line[i] < '0' || line[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean has(byte[] line, int from, int end, byte[] text) {
    return from + text.length <= end
        && Arrays.equals(line, from, from + text.length, text, 0, text.length);
  }

  /** In the Gregorian calendar; a year that begins in March has its leap day at its end. */
  private static long daysSince1970(int year, int month, int day) {
    long y = month <= 2 ? year - 1L : year;
    long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return 365 * y + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468;
  }

  private static long number(byte[] line, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + line[i] - '0';
    }
    return number;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
