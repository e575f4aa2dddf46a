"""Synthetic sung phrases: what the tests of training sing from."""

from pathlib import Path

import numpy as np
import soundfile

RATE = 22050


def phrase(notes: list[float], seconds: float = 1.0, seed: int = 0, rate: int = RATE) -> np.ndarray:
    """Notes (Hz) with vibrato, harmonics under two formants, a little breath: float32."""
    random = np.random.default_rng(seed)
    time = np.arange(int(seconds / len(notes) * rate)) / rate
    parts = []
    for note in notes:
        f0 = note * 2 ** (0.3 / 12 * np.sin(2 * np.pi * 5.5 * time))
        phase = 2 * np.pi * np.cumsum(f0) / rate
        wave = np.zeros(len(time))
        for harmonic in range(1, int(9000 / note)):
            hz = harmonic * note
            level = 1 / harmonic + sum(
                np.exp(-(((hz - formant) / 300) ** 2)) for formant in (700, 2600)
            )
            wave += level * np.sin(harmonic * phase)
        fade = np.minimum(1, np.minimum(time, time[::-1]) / 0.03)
        parts.append(fade * (0.1 * wave + 0.005 * random.standard_normal(len(time))))
    song = np.concatenate(parts)
    return (0.5 * song / np.abs(song).max()).astype(np.float32)


def write_choir(folder: Path, singers: int = 3, songs: int = 2, seconds: float = 1.5) -> Path:
    """A folder of recordings in M4Singer's layout; ``Alto-1`` sings the shortest."""
    for s in range(singers):
        for k in range(songs):
            notes = [180 * 1.2**s * 2 ** (step / 12) for step in (0, 4 + k, 7)]
            wave = phrase(notes, seconds if s else seconds / 2, seed=10 * s + k)
            path = folder / f"Alto-{s + 1}#Song {k}" / "0000.wav"
            path.parent.mkdir(parents=True, exist_ok=True)
            soundfile.write(path, wave, RATE, "PCM_16")
    return folder
