"""The multi-resolution STFT loss, the numbers of auraloss 0.4.0's defaults."""

import torch
from torch import Tensor
from torch.nn import functional as F

RESOLUTIONS = ((1024, 120, 600), (2048, 240, 1200), (512, 50, 240))
"""FFT size, hop and window length of each."""

_SMALLEST_POWER = 1e-8


def multi_resolution_stft_loss(made: Tensor, true: Tensor, items_alike: bool = False) -> Tensor:
    """Spectral convergence plus L1 of ln magnitudes, the mean over three resolutions.

    Yamamoto et al. 2020 (arXiv 1910.11480, eq. 4 to 7). The arguments' order matters: the
    convergence is relative to ``true``.

    Args:
        made: ``[B, samples]``, more than 1024 samples; float32, or float64 for comparisons.
        true: the same.
        items_alike: whether the convergence is the mean of the items', so that a batch's gradient
            is the mean of its parts'; else it is that of the whole batch, as in auraloss, where
            loud items count more.
    """
    with torch.autocast(made.device.type, enabled=False):
        losses = [_loss(made, true, *sizes, items_alike) for sizes in RESOLUTIONS]
        return sum(losses) / len(RESOLUTIONS)


def _loss(
    made: Tensor, true: Tensor, size: int, hop: int, length: int, items_alike: bool
) -> Tensor:
    window = torch.hann_window(length, dtype=made.dtype, device=made.device)
    x, y = (_magnitude(wave, size, hop, length, window) for wave in (made, true))
    axes = (1, 2) if items_alike else None
    norm = torch.linalg.vector_norm
    convergence = (norm(y - x, dim=axes) / norm(y, dim=axes)).mean()
    return convergence + F.l1_loss(x.log(), y.log())


def _magnitude(wave: Tensor, size: int, hop: int, length: int, window: Tensor) -> Tensor:
    spectrum = torch.stft(wave, size, hop, length, window, return_complex=True)
    power = spectrum.real.square() + spectrum.imag.square()
    return power.clamp(min=_SMALLEST_POWER).sqrt()
