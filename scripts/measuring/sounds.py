"""Sounds that no data set has, made of harmonics and noise: what vocoders find hard."""

from collections.abc import Callable

import numpy as np

from measuring.systems import RATE

VOWELS = {
    "a": (730, 1090, 2440),
    "e": (530, 1840, 2480),
    "i": (270, 2290, 3010),
    "o": (570, 840, 2410),
    "u": (300, 870, 2240),
}
"""Frequencies of three formants in Hz, of grown-up men on average (Peterson, Barney, 1952)."""

NOTE = 220
"""Pitch of the long note in Hz."""

_SIZE, _HOP = 1024, 256


def formants(frequency: np.ndarray, vowel: str) -> np.ndarray:
    """Gain of a vowel at frequencies: two-pole resonances in parallel, 0 dB at the first."""
    gain = np.zeros_like(frequency)
    for k, centre in enumerate(VOWELS[vowel]):
        width = 80 + 30 * k
        gain += 0.5**k / np.sqrt(1 + ((frequency - centre) / (width / 2)) ** 2)
    return gain


def sung(pitch: np.ndarray, vowel: str, breath: float = 0.003) -> np.ndarray:
    """A voice of a given pitch, in Hz for each sample."""
    rng = np.random.default_rng(1)
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    sound = np.zeros(len(pitch))
    for n in range(1, int(RATE / 2 / pitch.min())):
        frequency = n * pitch
        level = formants(frequency, vowel) / n * (frequency < 0.48 * RATE)
        sound += level * np.sin(n * phase)
    noise = rng.standard_normal(len(pitch))
    sound += breath * shaped(noise, lambda _: formants(_bins(), vowel) + 0.05)
    fade = np.minimum(1, np.arange(len(pitch)) / (0.05 * RATE))
    return levelled(sound * fade * fade[::-1])


def steady_note() -> np.ndarray:
    """10 s of an A below middle C, with a little vibrato."""
    t = np.arange(10 * RATE) / RATE
    return sung(NOTE * 2 ** (0.2 / 12 * np.sin(2 * np.pi * 5.5 * t) * np.minimum(1, t / 2)), "a")


def fast_run() -> np.ndarray:
    """Two octaves of a major scale up and down, ten notes a second."""
    steps = [0, 2, 4, 5, 7, 9, 11]
    up = [12 * octave + step for octave in range(2) for step in steps] + [24]
    notes = np.repeat(196 * 2 ** (np.array(up + up[-2::-1]) / 12), RATE // 10)
    glide = np.hanning(RATE // 50)
    padded = np.pad(np.log(notes), len(glide) // 2, mode="edge")
    return sung(np.exp(np.convolve(padded, glide / glide.sum(), "same"))[: len(notes)], "a")


def high_note() -> np.ndarray:
    """3 s of a D above the soprano's staff, 1175 Hz."""
    t = np.arange(3 * RATE) / RATE
    return sung(1175 * 2 ** (0.4 / 12 * np.sin(2 * np.pi * 6 * t)), "a")


def whisper() -> np.ndarray:
    """Five whispered vowels: noise through their formants, 0.6 s each."""
    rng = np.random.default_rng(2)
    length = int(0.6 * RATE)
    sound = shaped(
        rng.standard_normal(5 * length),
        lambda sample: formants(_bins(), "aeiou"[min(4, sample // length)]) + 0.03,
    )
    return levelled(sound * np.tile(np.hanning(length) ** 0.5, 5), 0.2)


def applause() -> np.ndarray:
    """5 s of forty people who clap: short bursts of noise, each pair of hands with a tone."""
    rng = np.random.default_rng(3)
    sound = np.zeros(5 * RATE)
    for _ in range(40):
        tone, loud = rng.uniform(700, 2500), rng.uniform(0.2, 1)
        time = rng.uniform(0, 0.3)
        while time < 4.9:
            t = np.arange(int(0.06 * RATE)) / RATE
            burst = rng.standard_normal(len(t)) * np.exp(-t / 0.004)
            ring = np.sin(2 * np.pi * tone * t) * np.exp(-t / 0.008)
            at = int(time * RATE)
            sound[at : at + len(t)] += loud * (burst + ring)
            time += rng.normal(0.24, 0.02)
    return levelled(sound)


def shaped(noise: np.ndarray, gain: Callable[[int], np.ndarray]) -> np.ndarray:
    """Noise through a filter that changes: the gain of each bin around a sample."""
    window = np.hanning(_SIZE + 1)[:-1]
    padded = np.pad(noise, _SIZE)
    out = np.zeros(len(padded))
    for at in range(0, len(padded) - _SIZE, _HOP):
        spectrum = np.fft.rfft(padded[at : at + _SIZE] * window)
        out[at : at + _SIZE] += np.fft.irfft(spectrum * gain(max(0, at - _SIZE // 2))) / 2
    return out[_SIZE:-_SIZE]


def levelled(sound: np.ndarray, peak: float = 0.5) -> np.ndarray:
    return (peak * sound / np.abs(sound).max()).astype(np.float32)


def _bins() -> np.ndarray:
    return np.fft.rfftfreq(_SIZE, 1 / RATE)


SOUNDS = {
    "steady-note": steady_note,
    "fast-run": fast_run,
    "high-note": high_note,
    "whisper": whisper,
    "applause": applause,
}
