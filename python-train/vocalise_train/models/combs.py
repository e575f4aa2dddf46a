"""Combs of harmonics, and how well each of them fits a mel."""

from math import log2

import numpy as np

from vocalise_train.mel import MelSpec, filter_bank

DEPTH = 5.0
"""How far below its peaks a comb falls between them, in nepers."""

_RESOLVED_HZ = 4000.0
_MATCHED_DEPTH = 1.5
_NEIGHBOURS = 4


def fundamentals(lowest: float, highest: float, cents: float) -> np.ndarray:
    """From ``lowest`` to at most ``highest`` Hz, ``cents`` apart."""
    count = int(1200 * log2(highest / lowest) / cents) + 1
    return lowest * 2 ** (np.arange(count) * cents / 1200)


def ln_combs(spec: MelSpec, f0: np.ndarray) -> np.ndarray:
    """The ln magnitudes of equal harmonics, ``[fundamentals, bins]``; each comb's mean is 0.

    The Hann window's main lobe lies at each multiple of the fundamental, and ``DEPTH`` nepers below
    its peak is the ground between the lobes.
    """
    combs = _ln_combs(spec, f0)
    return combs - combs.mean(axis=1, keepdims=True)


def matched_filters(spec: MelSpec, f0: np.ndarray) -> np.ndarray:
    """What an ln mel is multiplied by to say how well each fundamental fits, ``[bands, f0]``.

    The filters are the combs' own mels, without what is smooth across bands, as vectors of length
    1: the pitch is where a frame's product is largest. Only bands up to 4 kHz, where a mel still
    shows harmonics, count; there shallow combs fit better than deep ones. On recordings of singing
    the largest product is within 50 cents of CREPE's F0 in 99 % of the frames that CREPE is sure of
    (docs/discriminators.md).
    """
    filters = filter_bank(spec).numpy()
    centres = filters.argmax(axis=1) * spec.sample_rate / spec.n_fft
    resolved = centres <= _RESOLVED_HZ
    power = 2 if spec.spectrum == "power" else 1
    combs = np.maximum(_ln_combs(spec, f0), -_MATCHED_DEPTH)
    mels = np.log(np.exp(power * combs) @ filters[resolved].T)
    rough = _without_smooth(int(resolved.sum()))
    templates = (mels - mels.mean(axis=1, keepdims=True)) @ rough.T
    templates /= np.linalg.norm(templates, axis=1, keepdims=True)
    matched = np.zeros((spec.bands, len(f0)))
    matched[resolved] = rough.T @ templates.T
    return matched


def _ln_combs(spec: MelSpec, f0: np.ndarray) -> np.ndarray:
    """Combs whose peaks are 0."""
    hz = np.arange(spec.bins) * spec.sample_rate / spec.n_fft
    nearest = np.maximum(1, np.round(hz / f0[:, None]))
    # In bins of a transform as long as the window: the lobe ends at 2.
    offset = np.abs(hz - nearest * f0[:, None]) * spec.window_length / spec.sample_rate
    # The Hann window's transform, sinc x / (1 - x^2), is 1/2 at x = 1.
    single = np.abs(offset - 1) < 1e-9
    lobe = np.where(single, 0.5, np.sinc(offset) / np.where(single, 1, 1 - offset**2))
    return np.log(np.maximum(np.where(offset < 2, lobe, 0), np.exp(-DEPTH)))


def _without_smooth(bands: int) -> np.ndarray:
    """The matrix that takes from each band the mean of its neighbours and itself."""
    matrix = np.eye(bands)
    for band in range(bands):
        near = slice(max(0, band - _NEIGHBOURS), band + _NEIGHBOURS + 1)
        matrix[band, near] -= 1 / matrix[band, near].size
    return matrix
