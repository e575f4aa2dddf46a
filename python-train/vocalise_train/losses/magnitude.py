"""Losses on magnitudes ``[B, bins, T]``, scaled as ``mel.stft`` makes them."""

import torch
from torch import Tensor

from vocalise_train.mel import MelSpec, mel_of_power

FLOOR = 1e-4
"""Magnitudes below it are equal: about the rounding of 16-bit samples."""
_SMALL = 1e-7


def log_magnitude(fake: Tensor, real: Tensor) -> Tensor:
    """L1 of ln magnitudes."""
    return (fake.clamp(min=FLOOR).log() - real.clamp(min=FLOOR).log()).abs().mean()


def relative_magnitude(fake: Tensor, real: Tensor) -> Tensor:
    """L1 of magnitudes, relative to the mean of each item."""
    error = (fake - real).abs().mean(dim=(1, 2))
    return (error / (real.mean(dim=(1, 2)) + _SMALL)).clamp(max=10).mean()


def convergence(fake: Tensor, real: Tensor) -> Tensor:
    """Spectral convergence of each item: the error's norm relative to the magnitude's."""
    error = torch.linalg.vector_norm(fake - real, dim=(1, 2))
    return (error / (torch.linalg.vector_norm(real, dim=(1, 2)) + _SMALL)).clamp(max=10).mean()


def log_mel(fake: Tensor, mel: Tensor, spec: MelSpec) -> Tensor:
    """L1 of the ln mel of a magnitude and a given ``mel`` in the values of ``spec``."""
    made = mel_of_power(fake.square(), spec)
    if spec.log == "ln":
        return (made - mel).abs().mean()
    return (made.clamp(min=1e-5).log() - mel.clamp(min=1e-5).log()).abs().mean()
