"""A generator at frame rate with an inverse STFT outside (Siuzdak 2023, arXiv 2306.00814)."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from vocalise_train.mel import MelSpec
from vocalise_train.models.convnext import ConvNextTrunk, channels_first, drop_height
from vocalise_train.models.generator import Generator, OutputKind, Serving
from vocalise_train.models.smooth_start import SmoothStart
from vocalise_train.spectra import largest_magnitude, overlap_frames


@dataclass(frozen=True)
class VocosConfig:
    """Sizes; ``prior`` adds what the mel says of the magnitudes to what the network finds."""

    channels: int
    hidden: int
    blocks: int
    prior: bool = False


FULL = VocosConfig(512, 1536, 8)
SMALL = VocosConfig(256, 768, 8)
FULL_PRIOR = VocosConfig(512, 1536, 8, prior=True)
SMALL_PRIOR = VocosConfig(256, 768, 8, prior=True)


class Vocos(Generator):
    """ConvNeXt blocks, then ln magnitude and phase of each bin; the phase needs no unwrapping.

    With ``prior`` the blocks add to the magnitudes that the mel suggests, as in ``MagnitudeNet``
    (FreeV, arXiv 2406.08196, starts from such ones too).
    """

    output = OutputKind.COMPLEX

    def __init__(
        self, spec: MelSpec, config: VocosConfig, chunk_frames: int = 256, height_one: bool = False
    ) -> None:
        super().__init__(spec)
        self.config = config
        self.trunk = ConvNextTrunk(spec.bands, config.channels, config.hidden, config.blocks)
        self.head = nn.Linear(config.channels, 2 * spec.bins)
        nn.init.trunc_normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        if config.prior:
            self.start = SmoothStart(spec)
        self.largest = largest_magnitude(spec)
        context = self.trunk.context_frames + overlap_frames(spec)
        self.serving = Serving(context, chunk_frames, height_one)

    def generate(self, ln_mel: Tensor) -> tuple[Tensor, Tensor]:
        """Returns real and imaginary parts ``[B, bins, T]`` of ``ln_mel [B, bands, T]``."""
        with self.reduced(ln_mel):
            spectrum = self.head(self.trunk(ln_mel))
        if self.trunk_dtype is not None:
            spectrum = spectrum.float()
        spectrum = drop_height(channels_first(spectrum))
        bins = self.spec.bins
        ln_magnitude, phase = spectrum[:, :bins], spectrum[:, bins:]
        if self.config.prior:
            ln_magnitude = ln_magnitude + drop_height(channels_first(self.start(ln_mel)))
        magnitude = ln_magnitude.exp().clamp(max=self.largest)
        return magnitude * torch.cos(phase), magnitude * torch.sin(phase)
