"""The multi-resolution STFT loss, the numbers of auraloss 0.4.0's defaults."""

import torch
from torch import Tensor
from torch.nn import functional as F

RESOLUTIONS = ((1024, 120, 600), (2048, 240, 1200), (512, 50, 240))
"""FFT size, hop and window length of each."""

_SMALLEST_POWER = 1e-8


def multi_resolution_stft_loss(made: Tensor, true: Tensor) -> Tensor:
    """Spectral convergence plus L1 of ln magnitudes, the mean over three resolutions.

    Yamamoto et al. 2020 (arXiv 1910.11480, eq. 4 to 7). The convergence is that of the whole
    batch, relative to ``true``: items don't count alike, and the arguments' order matters.

    Args:
        made: ``[B, samples]``, more than 1024 samples; float32, or float64 for comparisons.
        true: the same.
    """
    with torch.autocast(made.device.type, enabled=False):
        return sum(_loss(made, true, *sizes) for sizes in RESOLUTIONS) / len(RESOLUTIONS)


def spectral_convergence(made: Tensor, true: Tensor) -> Tensor:
    """Norm of the difference of two magnitudes over the norm of the true one."""
    return torch.linalg.vector_norm(true - made) / torch.linalg.vector_norm(true)


def _loss(made: Tensor, true: Tensor, size: int, hop: int, length: int) -> Tensor:
    window = torch.hann_window(length, dtype=made.dtype, device=made.device)
    x, y = (_magnitude(wave, size, hop, length, window) for wave in (made, true))
    return spectral_convergence(x, y) + F.l1_loss(x.log(), y.log())


def _magnitude(wave: Tensor, size: int, hop: int, length: int, window: Tensor) -> Tensor:
    spectrum = torch.stft(wave, size, hop, length, window, return_complex=True)
    power = spectrum.real.square() + spectrum.imag.square()
    return power.clamp(min=_SMALLEST_POWER).sqrt()
