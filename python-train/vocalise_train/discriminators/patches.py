"""A small discriminator of magnitude spectrograms, patch by patch (Isola et al. 2017)."""

import torch
from torch import Tensor, nn
from torch.nn.utils.parametrizations import weight_norm

from vocalise_train.discriminators.opinion import Discriminator, Opinion, judge, width

FLOOR = 1e-4
"""Smallest magnitude before the logarithm."""


class Patches(Discriminator):
    """Four convolutions over ln magnitudes, then one that scores each patch.

    A patch spans 11 frames and 77 bins; neighbouring scores are 8 bins apart.
    """

    of_magnitudes = True

    def __init__(self, channels: float = 1.0) -> None:
        super().__init__()
        size = width(32, channels)
        # Frequency is the height, which the strides shorten; time is the width.
        self.convs = nn.ModuleList(
            weight_norm(nn.Conv2d(inputs, size, (5, 3), (stride, 1), (2, 1)))
            for inputs, stride in ((1, 2), (size, 2), (size, 2), (size, 1))
        )
        self.conv_post = weight_norm(nn.Conv2d(size, 1, (3, 3), padding=(1, 1)))

    def forward(self, x: Tensor) -> list[Opinion]:
        with torch.autocast(x.device.type, enabled=False):
            ln_magnitude = x.float().clamp(min=FLOOR).log()
        return [judge(ln_magnitude[:, None], self.convs, self.conv_post)]
