"""What every generator has in common."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum

import torch
from torch import Tensor, nn

from vocalise_train.mel import MelSpec

LN_FLOOR = 1e-5
"""Smallest mel value before the logarithm that a generator takes of a linear mel."""


class OutputKind(StrEnum):
    """What a generator makes of a mel, ``[batch, ...]`` float32 each.

    The spectra are those of ``mel.stft``: not normalised, frame t centred on sample hop t + hop / 2
    (``spectra.inverse_stft`` undoes it).
    """

    AUDIO = "audio"
    """``audio [batch, hop * frames]``."""
    COMPLEX = "complex"
    """``real`` and ``imaginary``, each ``[batch, bins, frames]``."""
    MAGNITUDE = "magnitude"
    """``magnitude [batch, bins, frames]``; the caller finds the phase."""

    @property
    def names(self) -> tuple[str, ...]:
        return ("real", "imaginary") if self is OutputKind.COMPLEX else (self.value,)


@dataclass(frozen=True)
class Serving:
    """How a generator is run outside Python.

    Attributes:
        context_frames: frames on each side of a frame that its samples depend on, those of the
            inverse STFT's overlap included.
        chunk_frames: length of a chunk that runs fast without much memory (docs/models.md).
        height_one: whether the 1-D convolutions are exported as 2-D ones of height 1, which ONNX
            Runtime's CPU provider may run in its blocked layout (docs/models.md).
    """

    context_frames: int
    chunk_frames: int
    height_one: bool


class Generator(nn.Module, ABC):
    """A network from the natural logarithm of a mel to ``output``.

    Subclasses implement ``generate``; ``forward`` takes the mel in the values of its spec, so that
    the logarithm is part of what is exported.

    Attributes:
        trunk_dtype: what the convolutions and matrix products compute in while training (bfloat16);
            None: as the weights.
    """

    output: OutputKind
    serving: Serving
    trunk_dtype: torch.dtype | None = None

    def __init__(self, spec: MelSpec) -> None:
        super().__init__()
        if spec.log not in ("none", "ln"):
            raise ValueError(f"a generator takes a linear mel or its ln, not {spec.log}")
        if spec.padding == "centred":
            raise ValueError("a generator makes hop samples a frame; centred frames have no such")
        self.spec = spec

    def forward(self, mel: Tensor) -> Tensor | tuple[Tensor, ...]:
        """Runs on ``mel [batch, bands, frames]``; returns what ``output`` says."""
        if self.spec.log == "none":
            mel = torch.log(mel.clamp(min=LN_FLOOR))
        return self.generate(mel)

    @abstractmethod
    def generate(self, ln_mel: Tensor) -> Tensor | tuple[Tensor, ...]:
        """Runs on the natural logarithm of a mel, ``[batch, bands, frames]``."""

    def reduced(self, x: Tensor) -> AbstractContextManager[None]:
        """The context in which subclasses run their trunks on ``x``."""
        if self.trunk_dtype is None:
            return nullcontext()
        return torch.autocast(x.device.type, self.trunk_dtype)
