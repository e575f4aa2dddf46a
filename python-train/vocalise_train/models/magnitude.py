"""A network that corrects the magnitudes which a mel suggests; the caller finds the phase."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from vocalise_train.mel import MelSpec, filter_bank
from vocalise_train.models.convnext import ConvNextTrunk, channels_first, channels_last, drop_height
from vocalise_train.models.generator import Generator, OutputKind, Serving
from vocalise_train.spectra import largest_magnitude


@dataclass(frozen=True)
class MagnitudeConfig:
    channels: int
    hidden: int
    blocks: int


NET = MagnitudeConfig(256, 768, 6)


class MagnitudeNet(Generator):
    """ln magnitudes: a smooth start interpolated from the mel, plus what ConvNeXt blocks add.

    The start is the ln of each band divided by its filter's area, linear in frequency between the
    bands' centres and constant beyond them; it is halved where the mel holds powers.
    """

    output = OutputKind.MAGNITUDE

    def __init__(
        self,
        spec: MelSpec,
        config: MagnitudeConfig,
        chunk_frames: int = 256,
        height_one: bool = False,
    ) -> None:
        super().__init__(spec)
        self.config = config
        self.trunk = ConvNextTrunk(spec.bands, config.channels, config.hidden, config.blocks)
        self.head = nn.Linear(config.channels, spec.bins)
        nn.init.trunc_normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        interpolation, offset = _smooth_start(spec)
        # Made from the spec, so no part of a checkpoint.
        self.register_buffer("interpolation", interpolation, persistent=False)
        self.register_buffer("offset", offset, persistent=False)
        self.ln_largest = float(np.log(largest_magnitude(spec)))
        self.serving = Serving(self.trunk.context_frames, chunk_frames, height_one)

    def generate(self, ln_mel: Tensor) -> Tensor:
        """Returns the magnitude ``[B, bins, T]`` of ``ln_mel [B, bands, T]``."""
        start = channels_last(ln_mel) @ self.interpolation + self.offset
        with self.reduced(ln_mel):
            correction = self.head(self.trunk(ln_mel))
        # In fp32, whatever the trunk computes in.
        ln_magnitude = start + correction
        return drop_height(channels_first(ln_magnitude.clamp(max=self.ln_largest).exp()))


def _smooth_start(spec: MelSpec) -> tuple[Tensor, Tensor]:
    """The matrix ``[bands, bins]`` and the summand ``[bins]`` that make the start of an ln mel."""
    filters = filter_bank(spec).numpy()
    area = filters.sum(axis=1)
    if (area == 0).any():
        raise ValueError(f"band {int(area.argmin())} of the mel spec covers no bin of the spectrum")
    centres = filters @ np.arange(spec.bins) / area
    half = 0.5 if spec.spectrum == "power" else 1.0
    rows = [np.interp(np.arange(spec.bins), centres, row) for row in np.eye(spec.bands)]
    matrix = half * np.stack(rows)
    return tuple(torch.from_numpy(a).float() for a in (matrix, -np.log(area) @ matrix))
