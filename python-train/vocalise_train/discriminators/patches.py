"""A small discriminator of magnitude spectrograms, patch by patch (Isola et al. 2017)."""

import torch
from torch import Tensor, nn
from torch.nn.utils.parametrizations import weight_norm

from vocalise_train.discriminators.opinion import Discriminator, Opinion, judge, width

FLOOR = 1e-4
"""Smallest magnitude before the logarithm."""


class Patches(Discriminator):
    """Four convolutions over ln magnitudes, then one that scores each patch.

    A patch spans 21 frames and 185 bins; neighbouring scores are 4 frames and 32 bins apart. So
    coarse, a step costs about as much as the magnitude net's own.
    """

    of_magnitudes = True

    def __init__(self, channels: float = 1.0) -> None:
        super().__init__()
        size = width(32, channels)
        # Frequency is the height, time the width.
        layers = ((1, 9, (4, 1)), (size, 5, (2, 2)), (size, 5, (2, 1)), (size, 5, (2, 2)))
        self.convs = nn.ModuleList(
            weight_norm(nn.Conv2d(inputs, size, (kernel, 3), stride, (kernel // 2, 1)))
            for inputs, kernel, stride in layers
        )
        self.conv_post = weight_norm(nn.Conv2d(size, 1, (3, 3), padding=(1, 1)))

    def forward(self, x: Tensor) -> list[Opinion]:
        with torch.autocast(x.device.type, enabled=False):
            ln_magnitude = x.float().clamp(min=FLOOR).log()
        return [judge(ln_magnitude[:, None], self.convs, self.conv_post)]
