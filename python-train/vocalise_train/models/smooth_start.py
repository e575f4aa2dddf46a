"""The magnitudes that a mel suggests without any network."""

import numpy as np
import torch
from torch import Tensor, nn

from vocalise_train.mel import MelSpec, filter_bank
from vocalise_train.models.convnext import channels_last


class SmoothStart(nn.Module):
    """ln magnitudes ``[B, T, bins]`` of an ln mel ``[B, bands, T]``.

    The ln of each band divided by its filter's area, linear in frequency between the bands' centres
    and constant beyond them; it is halved where the mel holds powers.
    """

    def __init__(self, spec: MelSpec) -> None:
        super().__init__()
        interpolation, offset = _matrix(spec)
        # Made from the spec, so no part of a checkpoint.
        self.register_buffer("interpolation", interpolation, persistent=False)
        self.register_buffer("offset", offset, persistent=False)

    def forward(self, ln_mel: Tensor) -> Tensor:
        return channels_last(ln_mel) @ self.interpolation + self.offset


def _matrix(spec: MelSpec) -> tuple[Tensor, Tensor]:
    """The matrix ``[bands, bins]`` and the summand ``[bins]``."""
    filters = filter_bank(spec).numpy()
    area = filters.sum(axis=1)
    if (area == 0).any():
        raise ValueError(f"band {int(area.argmin())} of the mel spec covers no bin of the spectrum")
    centres = filters @ np.arange(spec.bins) / area
    half = 0.5 if spec.spectrum == "power" else 1.0
    rows = [np.interp(np.arange(spec.bins), centres, row) for row in np.eye(spec.bands)]
    matrix = half * np.stack(rows)
    return tuple(torch.from_numpy(a).float() for a in (matrix, -np.log(area) @ matrix))
