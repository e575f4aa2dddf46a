package org.vocalise.dsp.mel;

import java.io.IOException;
import org.vocalise.dsp.audio.AudioSource;

/**
 * A signal with the padding of a {@link MelSpec} before and after it, read in blocks. Mirrored
 * padding needs a signal longer than itself: a shorter one reads as empty. Not thread-safe.
 */
final class PaddedReader {
  private final AudioSource source;
  private final int pad;
  private final boolean mirrored;
  private float[] pending;
  private int pendingAt;
  private final float[] tail;
  private long received;
  private boolean ended;

  PaddedReader(AudioSource source, MelSpec spec) throws IOException {
    this.source = source;
    pad = spec.pad();
    mirrored = spec.padding() != MelSpec.Padding.ZERO;
    tail = new float[pad + 1];
    float[] head = new float[pad + 1];
    int have = fill(head, 0, head.length);
    if (mirrored && have < head.length) {
      ended = true;
      pending = new float[0];
      return;
    }
    pending = new float[pad + have];
    for (int i = 0; i < pad && mirrored; i++) {
      pending[i] = head[pad - i];
    }
    System.arraycopy(head, 0, pending, pad, have);
    if (have < head.length) {
      endSignal();
    }
  }

  /** Reads until the range is full or the padded signal ends; returns the number of samples. */
  int read(float[] target, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      if (pendingAt < pending.length) {
        int count = Math.min(length - done, pending.length - pendingAt);
        System.arraycopy(pending, pendingAt, target, offset + done, count);
        pendingAt += count;
        done += count;
      } else if (ended) {
        break;
      } else {
        int wanted = length - done;
        int count = fill(target, offset + done, wanted);
        done += count;
        if (count < wanted) {
          endSignal();
        }
      }
    }
    return done;
  }

  private int fill(float[] target, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int count = source.read(target, offset + done, length - done);
      if (count < 0) {
        break;
      }
      remember(target, offset + done, count);
      done += count;
    }
    return done;
  }

  private void remember(float[] samples, int offset, int count) {
    int kept = Math.min(count, tail.length);
    System.arraycopy(tail, kept, tail, 0, tail.length - kept);
    System.arraycopy(samples, offset + count - kept, tail, tail.length - kept, kept);
    received += count;
  }

  /** Queues what is left of the queue and the padding behind the signal. */
  private void endSignal() {
    ended = true;
    int left = pending.length - pendingAt;
    float[] queue = new float[left + (received > 0 ? pad : 0)];
    System.arraycopy(pending, pendingAt, queue, 0, left);
    for (int i = 0; i < pad && mirrored; i++) {
      queue[left + i] = tail[tail.length - 2 - i];
    }
    pending = queue;
    pendingAt = 0;
  }
}
