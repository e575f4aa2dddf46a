"""Draws batches of segments: which depends on seed, step and place in the batch alone."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import torch
from torch import Tensor
from torchaudio.transforms import Resample

from vocalise_train.data.manifest import TRAIN, Clip
from vocalise_train.data.store import Store
from vocalise_train.mel import MelSpec, mel_of_power, stft
from vocalise_train.training.config import DataConfig

_FILTER_REACH = 32
"""Samples on each side that the resampling filter needs, and some more."""


@dataclass(frozen=True)
class Drawn:
    """Sound ``[B, length]`` in [-1, 1] with its padding; a teacher's mel, if there is one."""

    padded: Tensor
    mel: Tensor | None = None


@dataclass(frozen=True)
class Batch:
    """Segments and what a generator makes them of.

    Attributes:
        mel: ``[B, bands, frames]`` in the values of the spec.
        wave: ``[B, hop frames]`` in [-1, 1].
        magnitude: ``[B, bins, frames]`` of the recording.
    """

    mel: Tensor
    wave: Tensor
    magnitude: Tensor


class Sampler:
    """Draws batch after batch without a state of its own: a resumed run goes on exactly.

    Speed and pitch are changed together by resampling, and the mel is that of the changed sound.
    Segments reach beyond a clip's ends as its zero padding does in ``mel.stft``.
    """

    def __init__(
        self,
        store: Store,
        clips: tuple[Clip, ...],
        spec: MelSpec,
        frames: int,
        config: DataConfig,
        seed: int,
        mels: tuple[np.ndarray, ...] = (),
    ) -> None:
        """Prepares to draw.

        Args:
            store: samples of all clips.
            clips: in the store's order; those that validate are never drawn.
            spec: of the mel.
            frames: of a segment.
            config: balance and augmentation.
            seed: of the run.
            mels: of a teacher, one of each clip; then segments begin with a frame, at speed 1.
        """
        self.store = store
        self.mels = mels
        self.frames = frames
        self.spec = spec
        self.length = spec.hop * frames + 2 * spec.pad
        self.gain_db = config.gain_db
        self.quiet_share = config.quiet_share
        self.seed = seed
        self.speeds = [ratio_of(s) for s in config.speeds]
        self.resamplers = {s: Resample(s.numerator, s.denominator) for s in self.speeds if s != 1}
        self.shares = _shares(clips, config.balance)

    def draw(self, step: int, first: int, size: int, life: int = 0) -> "Drawn":
        """A part of a batch.

        Args:
            step: of the run.
            first: place of the part in the batch of all processes.
            size: of the part.
            life: how often the run was rolled back: other lives draw other segments.
        """
        rows = [self._row(np.random.default_rng([self.seed, life, step, first + i]))
                for i in range(size)]  # fmt: skip
        wave = torch.empty(size, self.length, device=self.store.samples.device)
        for speed in dict.fromkeys(row.speed for row in rows):
            places = [i for i, row in enumerate(rows) if row.speed == speed]
            wave[places] = self._resampled([rows[i] for i in places], speed)
        gains = torch.tensor([row.gain for row in rows], device=wave.device)
        mel = torch.stack([self._mel(row) for row in rows]).to(wave.device) if self.mels else None
        return Drawn(wave * (gains / 32768)[:, None], mel)

    def _mel(self, row: "_Row") -> Tensor:
        """A teacher's mel of a segment; what lies behind its end is silence."""
        mel, first = self.mels[row.clip], row.offset // self.spec.hop
        cut = mel[:, first : first + self.frames]
        missing = self.frames - cut.shape[1]
        linear = self.spec.log == "none"
        power = 2 if self.spec.spectrum == "power" else 1
        cut = cut * row.gain**power if linear else cut + np.log(row.gain) * power
        silence = 0.0 if linear else np.log(self.spec.floor)
        return torch.from_numpy(
            np.pad(cut, ((0, 0), (0, missing)), constant_values=silence)
        ).float()

    def _row(self, random: np.random.Generator) -> "_Row":
        # The same number of draws in every branch is not needed: each row has its own generator.
        clip = random.choice(len(self.shares), p=self.shares)
        speed = self.speeds[random.integers(len(self.speeds))]
        gain = 10 ** (random.uniform(-self.gain_db, self.gain_db) / 20)
        inner = int(np.ceil((self.length - 2 * self.spec.pad) * speed))
        last = max(0, self.store.lengths[clip] - inner)
        sounding = self.store.audible[clip]
        if random.random() < self.quiet_share or not len(sounding):
            start = random.integers(last + 1)
        else:
            block = sounding[random.integers(len(sounding))]
            start = np.clip(block - random.integers(inner), 0, last)
        if self.mels:
            start -= start % self.spec.hop
        return _Row(int(clip), int(start), speed, gain)

    def _resampled(self, rows: list["_Row"], speed: Fraction) -> Tensor:
        up, down = speed.numerator, speed.denominator
        periods = 0 if speed == 1 else -(-_FILTER_REACH // up)
        lead = round(self.spec.pad * speed) + periods * up
        taken = int(np.ceil(self.length * speed)) + 2 * periods * up
        starts = [int(self.store.starts[row.clip]) + row.offset - lead for row in rows]
        samples = self.store.samples
        cut = torch.stack([samples[start : start + taken] for start in starts]).float()
        if speed == 1:
            return cut
        return self.resamplers[speed].to(cut.device)(cut)[:, periods * down :][:, : self.length]


@dataclass(frozen=True)
class _Row:
    clip: int
    offset: int
    speed: Fraction
    gain: float


def to_batch(drawn: Drawn, spec: MelSpec, device: torch.device | str = "cpu") -> Batch:
    """Makes mel and magnitude of what was drawn, on a device."""
    padded = drawn.padded.to(device)
    power = torch.view_as_real(stft(padded, spec, padded=True)).square().sum(-1)
    mel = mel_of_power(power, spec) if drawn.mel is None else drawn.mel.to(device)
    return Batch(mel, padded[:, spec.pad : padded.shape[-1] - spec.pad], power.sqrt())


def edge(spec: MelSpec, speeds: tuple[float, ...]) -> int:
    """Samples that a segment reaches beyond its clip's ends."""
    fastest = max(ratio_of(s) for s in speeds)
    return int(np.ceil(spec.pad * fastest)) + 4 * _FILTER_REACH


def longest(spec: MelSpec, frames: int, speeds: tuple[float, ...]) -> int:
    """Samples of a clip that the longest segment takes."""
    return int(np.ceil(spec.hop * frames * max(ratio_of(s) for s in speeds))) + 1


def ratio_of(speed: float) -> Fraction:
    """The nearest ratio with a small denominator, which resampling is quick for."""
    return Fraction(speed).limit_denominator(24)


def _shares(clips: tuple[Clip, ...], balance: float) -> np.ndarray:
    """How often each clip is drawn: singers by a power of their seconds, their clips by length."""
    seconds = np.array([c.seconds if c.split == TRAIN else 0.0 for c in clips])
    names = np.array([c.singer for c in clips])
    shares = np.zeros(len(clips))
    for singer in np.unique(names[seconds > 0]):
        own = seconds * (names == singer)
        shares += own / own.sum() * own.sum() ** balance
    return shares / shares.sum()
