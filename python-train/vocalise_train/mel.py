"""Mel spectrograms, the same numbers as ``org.vocalise.dsp.mel`` in Java."""

from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Self

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

_CHOICES = {
    "scale": ("htk", "slaney"),
    "norm": ("none", "slaney"),
    "padding": ("zero", "reflect", "centred"),
    "spectrum": ("power", "magnitude", "magnitude_eps"),
    "log": ("none", "ln", "log10", "db"),
}


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(word.capitalize() for word in tail)


@dataclass(frozen=True)
class MelSpec:
    """Everything that makes two mel spectrograms of one recording differ.

    Fields and values are those of ``MelSpec`` in Java, enum names in lower case. ``padding`` is
    ``zero`` or ``reflect`` ((n_fft - hop) / 2 samples on both sides: frame t is centred on sample
    hop t + hop / 2) or ``centred`` (n_fft / 2 mirrored samples: centred on hop t); ``norm``
    ``slaney`` divides each triangle by half its width in Hz; ``spectrum`` ``magnitude_eps`` is
    sqrt(|X|^2 + 1e-9); ``floor`` is the smallest value before the logarithm.
    """

    sample_rate: int
    n_fft: int
    window_length: int
    hop: int
    bands: int
    f_min: float
    f_max: float
    scale: str
    norm: str
    padding: str
    spectrum: str
    log: str
    floor: float

    def __post_init__(self) -> None:
        for field, allowed in _CHOICES.items():
            value = getattr(self, field)
            if value not in allowed:
                raise ValueError(f"mel spec: {field} is {value!r}, not one of {', '.join(allowed)}")
        if not 0 < self.hop <= self.window_length <= self.n_fft:
            raise ValueError(
                f"mel spec: hop {self.hop}, window {self.window_length} and n_fft {self.n_fft} "
                "must ascend"
            )
        if not 0 <= self.f_min < self.f_max <= self.sample_rate / 2:
            raise ValueError(
                f"mel spec: f_min {self.f_min} and f_max {self.f_max} must ascend within "
                f"0 to {self.sample_rate / 2}"
            )

    @property
    def bins(self) -> int:
        return self.n_fft // 2 + 1

    @property
    def pad(self) -> int:
        """Samples added on both sides before the transform."""
        return (self.n_fft - self.hop if self.padding != "centred" else self.n_fft) // 2

    def to_json(self) -> dict:
        """The spec under the field names that Java and the ONNX metadata use."""
        return {_camel(name): value for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, fields: dict) -> Self:
        names = {_camel(name): name for name in cls.__dataclass_fields__}
        if fields.keys() != names.keys():
            odd = ", ".join(sorted(fields.keys() ^ names.keys()))
            raise ValueError(f"mel spec: missing or unknown fields: {odd}")
        return cls(**{names[name]: value for name, value in fields.items()})


NTU = MelSpec(22050, 1024, 1024, 256, 80, 0.0, 8000.0, "htk", "none", "zero", "power", "none", 0.0)
HIFIGAN = MelSpec(
    22050, 1024, 1024, 256, 80, 0.0, 8000.0,
    "slaney", "slaney", "reflect", "magnitude_eps", "ln", 1e-5,
)  # fmt: skip
VOCOS24K = MelSpec(
    24000, 1024, 1024, 256, 100, 0.0, 12000.0,
    "htk", "none", "centred", "magnitude", "ln", 1e-7,
)  # fmt: skip
PRESETS = {"ntu": NTU, "hifigan": HIFIGAN, "vocos24k": VOCOS24K}


def _hz_to_mel(hz: np.ndarray, scale: str) -> np.ndarray:
    if scale == "htk":
        return 2595 * np.log10(1 + hz / 700)
    # Slaney: 200/3 Hz a mel up to 1 kHz, then 27 mels for each factor of 6.4.
    return np.where(
        hz < 1000, hz * 3 / 200, 15 + 27 * np.log(np.maximum(hz, 1) / 1000) / np.log(6.4)
    )


def _mel_to_hz(mel: np.ndarray, scale: str) -> np.ndarray:
    if scale == "htk":
        return 700 * (10 ** (mel / 2595) - 1)
    return np.where(mel < 15, mel * 200 / 3, 1000 * 6.4 ** ((mel - 15) / 27))


@lru_cache(maxsize=32)
def filter_bank(spec: MelSpec) -> Tensor:
    """Triangular filters, linear in Hz, ``[bands, bins]`` float64; shared, not to be changed."""
    ends = _hz_to_mel(np.array([spec.f_min, spec.f_max]), spec.scale)
    edges = _mel_to_hz(np.linspace(ends[0], ends[1], spec.bands + 2), spec.scale)
    hz = np.linspace(0, spec.sample_rate / 2, spec.bins)
    low, peak, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    filters = np.maximum(0, np.minimum((hz - low) / (peak - low), (high - hz) / (high - peak)))
    if spec.norm == "slaney":
        filters *= 2 / (high - low)
    return torch.from_numpy(filters)


def stft(wave: Tensor, spec: MelSpec, *, padded: bool = False) -> Tensor:
    """The transform that the mel of ``wave`` ``[..., samples]`` is made from.

    Returns ``[..., bins, frames]``, complex, with the spec's padding and a periodic Hann window;
    with ``zero`` and ``reflect`` padding there are samples // hop frames. ``padded`` says that
    ``wave`` is a part of a longer one, with ``spec.pad`` of its samples on both sides already.
    """
    pad = 0 if padded else spec.pad
    mode = "constant" if spec.padding == "zero" else "reflect"
    rows = wave.reshape(1, -1, wave.shape[-1])
    rows = F.pad(rows, (pad, pad), mode=mode)[0] if pad else rows[0]
    window = torch.hann_window(spec.window_length, dtype=wave.dtype, device=wave.device)
    spectrum = torch.stft(
        rows, spec.n_fft, spec.hop, spec.window_length, window, center=False, return_complex=True
    )
    return spectrum.reshape(*wave.shape[:-1], *spectrum.shape[-2:])


def mel_spectrogram(wave: Tensor, spec: MelSpec, *, padded: bool = False) -> Tensor:
    """The mel of ``wave`` ``[..., samples]`` in [-1, 1]: ``[..., bands, frames]``."""
    return mel_of_power(torch.view_as_real(stft(wave, spec, padded=padded)).square().sum(-1), spec)


def mel_of_power(power: Tensor, spec: MelSpec) -> Tensor:
    """The mel of a power spectrum ``[..., bins, frames]``: ``[..., bands, frames]``."""
    if spec.spectrum == "magnitude":
        power = power.sqrt()
    elif spec.spectrum == "magnitude_eps":
        power = (power + 1e-9).sqrt()
    mel = filter_bank(spec).to(power) @ power
    if spec.log == "none":
        return mel
    mel = mel.clamp(min=spec.floor)
    if spec.log == "ln":
        return mel.log()
    decibels = 10 if spec.spectrum == "power" else 20
    return mel.log10() * (decibels if spec.log == "db" else 1)
