"""Losses of magnitude spectra ``[B, bins, T]``, float32 always."""

import torch
from torch import Tensor
from torch.nn import functional as F

from vocalise_train.losses.stft import spectral_convergence
from vocalise_train.mel import MelSpec, filter_bank

FLOOR = 1e-4
"""Smallest magnitude before the logarithm; that of a sine of full scale is 256 in ``ntu``."""

LN_MEL_FLOOR = 1e-5


def magnitude_losses(made: Tensor, true: Tensor, spec: MelSpec) -> dict[str, Tensor]:
    """Four distances of the magnitudes ``made`` from ``true``, under the names of their weights.

    ``log_magnitude``: L1 of ln. ``magnitude``: L1, relative to the mean of ``true``.
    ``convergence``: spectral convergence of the whole batch. ``log_mel``: L1 of the ln of the mel
    that the magnitudes make.
    """
    with torch.autocast(made.device.type, enabled=False):
        made, true = made.float(), true.float()
        distance = F.l1_loss(made, true)
        return {
            "log_magnitude": F.l1_loss(made.clamp(min=FLOOR).log(), true.clamp(min=FLOOR).log()),
            "magnitude": distance / true.mean().clamp(min=FLOOR),
            "convergence": spectral_convergence(made, true.clamp(min=FLOOR)),
            "log_mel": F.l1_loss(_ln_mel(made, spec), _ln_mel(true, spec)),
        }


def _ln_mel(magnitude: Tensor, spec: MelSpec) -> Tensor:
    spectrum = magnitude.square() if spec.spectrum == "power" else magnitude
    mel = filter_bank(spec).to(spectrum) @ spectrum
    return mel.clamp(min=LN_MEL_FLOOR).log()
