"""The magnitude net with harmonics that it places by the pitch, and need not learn."""

from dataclasses import dataclass
from math import log

import numpy as np
import torch
from torch import Tensor, nn

from vocalise_train.mel import MelSpec
from vocalise_train.models.combs import fundamentals, ln_combs, matched_filters
from vocalise_train.models.convnext import ConvNextTrunk, channels_first, channels_last, drop_height
from vocalise_train.models.generator import Generator, OutputKind, Serving
from vocalise_train.models.smooth_start import SmoothStart
from vocalise_train.spectra import largest_magnitude


@dataclass(frozen=True)
class HarmonicConfig:
    """Sizes; combs have fundamentals from ``lowest`` to ``highest`` Hz, ``cents`` apart."""

    channels: int
    hidden: int
    blocks: int
    lowest: float = 65.0
    highest: float = 1050.0
    cents: float = 10.0


HARMONIC = HarmonicConfig(256, 768, 6)


class HarmonicNet(Generator):
    """ln magnitudes: smooth start and correction as in ``MagnitudeNet``, plus a gain times a comb.

    A mel does not resolve harmonics above some 2 kHz, but their places follow from the pitch, and
    matched filters read that off the mel without any training. The comb is the mean of those of
    all fundamentals, each weighted by how likely it is, so that it flattens by itself where the
    pitch is not known well enough for a high harmonic. The trunk says how deep the comb is in each
    bin (flat where the voice is noise), and what to add to the evidence of the pitch.
    """

    output = OutputKind.MAGNITUDE

    def __init__(
        self,
        spec: MelSpec,
        config: HarmonicConfig,
        chunk_frames: int = 256,
        height_one: bool = False,
    ) -> None:
        super().__init__(spec)
        self.config = config
        self.trunk = ConvNextTrunk(spec.bands, config.channels, config.hidden, config.blocks)
        f0 = fundamentals(config.lowest, config.highest, config.cents)
        # Made from the spec, so no part of a checkpoint.
        self.register_buffer("combs", _float(ln_combs(spec, f0)), persistent=False)
        self.register_buffer("matched", _float(matched_filters(spec, f0)), persistent=False)
        # e^1.8 = 6 makes weights that are as sure as they are right, on recordings of singing.
        self.ln_sharpness = nn.Parameter(torch.tensor(log(6.0)))
        self.correction = nn.Linear(config.channels, spec.bins)
        self.gain = nn.Linear(config.channels, spec.bins)
        self.pitch = nn.Linear(config.channels, len(f0))
        for layer in (self.correction, self.gain):
            nn.init.trunc_normal_(layer.weight, std=0.02)
        nn.init.zeros_(self.correction.bias)
        nn.init.constant_(self.gain.bias, 0.4)
        nn.init.zeros_(self.pitch.weight)
        nn.init.zeros_(self.pitch.bias)
        self.start = SmoothStart(spec)
        self.ln_largest = float(np.log(largest_magnitude(spec)))
        self.serving = Serving(self.trunk.context_frames, chunk_frames, height_one)

    def generate(self, ln_mel: Tensor) -> Tensor:
        """Returns the magnitude ``[B, bins, T]`` of ``ln_mel [B, bands, T]``."""
        with self.reduced(ln_mel):
            trunk = self.trunk(ln_mel)
            correction, gain, pitch = self.correction(trunk), self.gain(trunk), self.pitch(trunk)
        # In fp32, whatever the trunk computes in.
        evidence = self.ln_sharpness.exp() * (channels_last(ln_mel) @ self.matched)
        comb = torch.softmax(evidence + pitch, dim=-1) @ self.combs
        ln_magnitude = self.start(ln_mel) + correction + gain * comb
        return drop_height(channels_first(ln_magnitude.clamp(max=self.ln_largest).exp()))


def _float(values: np.ndarray) -> Tensor:
    return torch.from_numpy(values).float()
