"""A network that corrects the magnitudes which a mel suggests; the caller finds the phase."""

from dataclasses import dataclass

import numpy as np
from torch import Tensor, nn

from vocalise_train.mel import MelSpec
from vocalise_train.models.convnext import ConvNextTrunk, channels_first, drop_height
from vocalise_train.models.generator import Generator, OutputKind, Serving
from vocalise_train.models.smooth_start import SmoothStart
from vocalise_train.spectra import largest_magnitude


@dataclass(frozen=True)
class MagnitudeConfig:
    channels: int
    hidden: int
    blocks: int


NET = MagnitudeConfig(256, 768, 6)


class MagnitudeNet(Generator):
    """ln magnitudes: a smooth start interpolated from the mel, plus what ConvNeXt blocks add."""

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
        self.start = SmoothStart(spec)
        self.ln_largest = float(np.log(largest_magnitude(spec)))
        self.serving = Serving(self.trunk.context_frames, chunk_frames, height_one)

    def generate(self, ln_mel: Tensor) -> Tensor:
        """Returns the magnitude ``[B, bins, T]`` of ``ln_mel [B, bands, T]``."""
        with self.reduced(ln_mel):
            correction = self.head(self.trunk(ln_mel))
        # In fp32, whatever the trunk computes in.
        ln_magnitude = self.start(ln_mel) + correction
        return drop_height(channels_first(ln_magnitude.clamp(max=self.ln_largest).exp()))
