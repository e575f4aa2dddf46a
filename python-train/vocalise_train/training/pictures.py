"""Pictures of spectrograms."""

from pathlib import Path

import numpy as np
from PIL import Image
from torch import Tensor

from vocalise_train.mel import MelSpec, stft

# Black, violet, red, orange, yellow, white: brightness rises evenly.
_COLOURS = np.array(
    [[0, 0, 0], [70, 15, 110], [190, 50, 80], [245, 125, 20], [250, 215, 80], [255, 255, 255]]
)
_RANGE_DB = 90


def spectrogram(wave: Tensor, spec: MelSpec) -> np.ndarray:
    """RGB ``[bins, frames, 3]`` of a waveform ``[samples]``, low frequencies below."""
    magnitude = stft(wave[None], spec)[0].abs().numpy()
    decibels = 20 * np.log10(np.maximum(magnitude, 1e-6) / (spec.window_length / 4))
    level = np.clip(decibels / _RANGE_DB + 1, 0, 1)[::-1]
    stops = np.linspace(0, 1, len(_COLOURS))
    channels = [np.interp(level, stops, _COLOURS[:, c]) for c in range(3)]
    return np.stack(channels, axis=-1).astype(np.uint8)


def pair(real: Tensor, fake: Tensor, spec: MelSpec) -> np.ndarray:
    """The recording above, what was made of its mel below."""
    upper, lower = spectrogram(real, spec), spectrogram(fake, spec)
    bar = np.full((4, upper.shape[1], 3), 128, np.uint8)
    return np.concatenate([upper, bar, lower])


def save(picture: np.ndarray, path: Path) -> None:
    Image.fromarray(picture).save(path)
