"""Reads recordings and says what is wrong with them."""

import hashlib
from dataclasses import dataclass
from math import gcd
from pathlib import Path

import numpy as np
import soundfile
import torch
from torchaudio.functional import resample

SUFFIXES = (".wav", ".flac")
SILENCE = 1e-3
"""Largest sample of a recording that counts as silent (-60 dB)."""


@dataclass(frozen=True)
class Recording:
    """A recording as it is trained on: mono, 16 bits, at the wanted rate.

    Attributes:
        samples: int16.
        file_rate: of the file, in Hz.
        channels: of the file; they are averaged.
        clipped: share of samples in runs of three and more at full scale.
    """

    samples: np.ndarray
    file_rate: int
    channels: int
    clipped: float

    @property
    def sha256(self) -> str:
        """Of the samples: equal sound in two files is found by it."""
        return hashlib.sha256(self.samples.astype("<i2").tobytes()).hexdigest()


class RejectedError(ValueError):
    """Why a recording is not trained on."""


def read(path: Path, rate: int) -> Recording:
    """Reads a WAV or FLAC file and brings it to ``rate``.

    Raises:
        RejectedError: the file is damaged or empty, its rate is lower than ``rate``, or it is
            silent.
    """
    try:
        samples, file_rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, OSError) as error:
        raise RejectedError(f"cannot be read: {error}") from error
    if not len(samples):
        raise RejectedError("has no samples")
    if file_rate < rate:
        raise RejectedError(
            f"has {file_rate} Hz, below the model's {rate} Hz: its upper octave would be empty"
        )
    if not np.isfinite(samples).all():
        raise RejectedError("has samples that are not finite")
    clipped = _clipped_share(samples)
    mono = samples.mean(axis=1)
    if file_rate != rate:
        common = gcd(file_rate, rate)
        mono = resample(torch.from_numpy(mono), file_rate // common, rate // common).numpy()
    if np.abs(mono).max() <= SILENCE:
        raise RejectedError("is silent")
    # Files of 16 bits keep their samples.
    rounded = np.rint(mono * 32768).clip(-32768, 32767)
    return Recording(rounded.astype(np.int16), file_rate, samples.shape[1], clipped)


def _clipped_share(samples: np.ndarray) -> float:
    full = np.abs(samples) >= 0.999
    runs = full[:-2] & full[1:-1] & full[2:]
    return 3 * float(runs.sum()) / samples.size if len(samples) > 2 else 0.0
