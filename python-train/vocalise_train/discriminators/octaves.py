"""The multi-scale sub-band constant-Q discriminator (Gu et al. 2023, arXiv 2311.14957)."""

import torch
from torch import Tensor, nn
from torch.nn.utils.parametrizations import weight_norm

from vocalise_train.discriminators.constant_q import ConstantQ
from vocalise_train.discriminators.opinion import Discriminator, Opinion, judge, width

OCTAVES = 7
"""From 76 Hz to 9.7 kHz at 22.05 kHz; the paper has nine, but of a signal of twice the rate."""

SCALES = ((24, 512), (36, 256), (48, 256))
"""Bins an octave and hop of each sub-discriminator."""


class OctaveDiscriminator(nn.Module):
    """Convolutions over time and frequency of a constant-Q spectrum.

    Each octave passes a convolution of its own first, because octaves of different windows don't
    line up in time (section 2.2 there).
    """

    def __init__(self, bins: int, hop: int, channels: float) -> None:
        super().__init__()
        self.transform = ConstantQ(bins, OCTAVES, hop)
        size = width(32, channels)
        # Time is the height, frequency the width.
        self.alignments = nn.ModuleList(
            weight_norm(nn.Conv2d(2, 2, (3, 9), padding=(1, 4))) for _ in range(OCTAVES)
        )
        self.convs = nn.ModuleList(
            weight_norm(convolution)
            for convolution in (
                nn.Conv2d(2, size, (3, 9), padding=(1, 4)),
                *(nn.Conv2d(size, size, (3, 9), (1, 2), (d, 4), (d, 1)) for d in (1, 2, 4)),
                nn.Conv2d(size, size, (3, 3), padding=(1, 1)),
            )
        )
        self.conv_post = weight_norm(nn.Conv2d(size, 1, (3, 3), padding=(1, 1)))

    def forward(self, wave: Tensor) -> Opinion:
        aligned = [
            align(octave.unflatten(1, (2, -1)).transpose(2, 3).contiguous())
            for octave, align in zip(self.transform(wave), self.alignments, strict=True)
        ]
        # Lowest octave first, so that frequency ascends.
        return judge(torch.cat(aligned[::-1], dim=-1), self.convs, self.conv_post)


class Octaves(Discriminator):
    """One sub-discriminator for each resolution in frequency."""

    def __init__(self, channels: float = 1.0) -> None:
        super().__init__()
        self.discriminators = nn.ModuleList(
            OctaveDiscriminator(bins, hop, channels) for bins, hop in SCALES
        )

    def forward(self, x: Tensor) -> list[Opinion]:
        return [discriminator(x) for discriminator in self.discriminators]
