"""All samples of a training set as one row of 16-bit numbers, silence between the clips."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

_BLOCK = 1024
_AUDIBLE = 0.003
"""Root mean square of a block that counts as sound (-50 dB)."""


@dataclass(frozen=True)
class Store:
    """Clips in one row.

    Attributes:
        samples: int16 ``[all samples]``, in memory, mapped from a file or on a GPU.
        starts: first sample of each clip.
        lengths: samples of each clip.
        audible: of each clip, the first samples of its blocks with sound.
        mapped: whether the samples stay in a file.
    """

    samples: Tensor
    starts: np.ndarray
    lengths: np.ndarray
    audible: tuple[np.ndarray, ...]
    mapped: bool

    def clip(self, index: int) -> Tensor:
        """A whole clip, float32 ``[samples]`` in [-1, 1]."""
        start = self.starts[index]
        return self.samples[start : start + self.lengths[index]].float() / 32768

    def to(self, device: torch.device) -> "Store":
        return Store(self.samples.to(device), self.starts, self.lengths, self.audible, self.mapped)


class StoreBuilder:
    """Takes clips one by one; what memory can't hold goes to a file."""

    def __init__(self, edge: int, shortest: int, file: Path, memory_mb: int) -> None:
        """Starts an empty row.

        Args:
            edge: silent samples before the first clip and after each.
            shortest: length that shorter clips are filled up to with silence.
            file: made when the row outgrows ``memory_mb``.
            memory_mb: 0 maps from the start.
        """
        self._edge = edge
        self._shortest = shortest
        self._file = file
        self._limit = memory_mb * 1_000_000
        self._row = bytearray(2 * edge)
        self._written = 0
        self._starts: list[int] = []
        self._lengths: list[int] = []
        self._audible: list[np.ndarray] = []

    def add(self, samples: np.ndarray) -> None:
        """Appends an int16 clip."""
        self._starts.append((self._written + len(self._row)) // 2)
        self._lengths.append(len(samples))
        self._audible.append(_audible(samples))
        self._row += samples.tobytes()
        self._row += bytes(2 * (max(0, self._shortest - len(samples)) + self._edge))
        if len(self._row) > self._limit:
            with self._file.open("ab" if self._written else "wb") as file:
                file.write(self._row)
            self._written += len(self._row)
            # From now on clip by clip.
            self._limit = 0
            self._row = bytearray()

    def build(self) -> Store:
        """The row of all clips."""
        if self._written:
            row = np.memmap(self._file, np.int16, "r+")
        else:
            row = np.frombuffer(self._row, np.int16)
        return Store(
            torch.from_numpy(row),
            np.array(self._starts),
            np.array(self._lengths),
            tuple(self._audible),
            self._written > 0,
        )


def _audible(samples: np.ndarray) -> np.ndarray:
    blocks = len(samples) // _BLOCK
    if not blocks:
        return np.zeros(1, np.int64)
    power = np.square(samples[: blocks * _BLOCK].reshape(blocks, -1) / 32768.0).mean(axis=1)
    return np.flatnonzero(power > _AUDIBLE**2) * _BLOCK
