"""Spectrograms as pictures, and how far the level of one sound is from another's."""

import io

import matplotlib
import numpy as np
from PIL import Image

from measuring.systems import RATE

SIZE, HOP = 1024, 256
RANGE_DB = 80
_COLOURS = (matplotlib.colormaps["magma"](np.arange(256))[:, :3] * 255).astype(np.uint8)


def power(samples: np.ndarray) -> np.ndarray:
    """Powers, ``[513, frames]``."""
    padded = np.pad(samples, SIZE // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, SIZE)[::HOP]
    return np.abs(np.fft.rfft(frames * np.hanning(SIZE), axis=1)).T ** 2


def picture(samples: np.ndarray, loudest: float, size: tuple[int, int]) -> Image.Image:
    """A spectrogram to the Nyquist frequency, low frequencies below.

    Args:
        samples: at `RATE`.
        loudest: power of the lightest colour; `RANGE_DB` below it is black.
        size: width and height in pixels.
    """
    decibels = 10 * np.log10(power(samples) / loudest + 1e-12)
    level = np.clip(1 + decibels / RANGE_DB, 0, 1)
    image = Image.fromarray(_COLOURS[(255 * level[::-1]).astype(np.uint8)])
    return image.resize(
        size, Image.Resampling.BOX if size[0] < image.width else Image.Resampling.BILINEAR
    )


def webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=75)
    return out.getvalue()


def level_errors(reference: np.ndarray, made: np.ndarray) -> tuple[float, float]:
    """Median and largest distance of the levels of frames of 23 ms, in dB.

    Frames more than 40 dB below the loudest of the reference do not count, and no frame of the
    first and last tenth of a second.
    """
    size = min(len(reference), len(made)) // 512 * 512
    wanted, got = (
        10 * np.log10(np.mean(x[:size].reshape(-1, 512).astype(float) ** 2, axis=1) + 1e-12)
        for x in (reference, made)
    )
    edge = int(0.1 * RATE / 512)
    off = np.abs(wanted - got)[edge:-edge][(wanted > wanted.max() - 40)[edge:-edge]]
    return float(np.median(off)), float(off.max())


def clearance(samples: np.ndarray, pitch: float, low: float, high: float) -> float:
    """How far the peaks of a steady note's harmonics are above what is between them, in dB.

    Powers are means of transforms of 8,192 samples from the second second to the last but one.

    Args:
        samples: at `RATE`, of at least three seconds.
        pitch: in Hz.
        low: Hz, of the harmonics that count.
        high: Hz, the same.
    """
    size = 8192
    inner = samples[RATE:-RATE]
    frames = np.lib.stride_tricks.sliding_window_view(inner, size)[:: size // 2]
    powers = np.mean(np.abs(np.fft.rfft(frames * np.hanning(size), axis=1)) ** 2, axis=0)
    bins = np.fft.rfftfreq(size, 1 / RATE)
    harmonics = pitch * np.arange(np.ceil(low / pitch), np.ceil(high / pitch))
    peaks = [powers[np.abs(bins - f) < 0.2 * pitch].max() for f in harmonics]
    between = [powers[np.abs(bins - f - pitch / 2) < 0.15 * pitch].mean() for f in harmonics]
    return float(10 * np.log10(np.sum(peaks) / np.sum(between)))
