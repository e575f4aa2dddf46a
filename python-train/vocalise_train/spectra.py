"""From spectra back to waveforms, and the sizes that follow from a mel spec."""

import torch
from torch import Tensor
from torch.nn import functional as F

from vocalise_train.mel import MelSpec, stft


def overlap_frames(spec: MelSpec) -> int:
    """Frames before (and after) a frame whose transforms reach into its hop samples."""
    return ((spec.n_fft + spec.hop) // 2 - 1) // spec.hop


def largest_magnitude(spec: MelSpec) -> float:
    """The sum of the window: no bin of a signal in [-1, 1] is larger."""
    return spec.window_length / 2


def inverse_stft(real: Tensor, imaginary: Tensor, spec: MelSpec) -> Tensor:
    """The waveform ``[B, hop T]`` of a spectrum ``[B, bins, T]`` with frames as in ``mel.stft``.

    Weighted overlap-add with the analysis window (Griffin and Lim 1984, eq. 6); the first and last
    (n_fft - hop) / 2 samples are cut off.
    """
    window = torch.hann_window(spec.window_length, dtype=real.dtype, device=real.device)
    side = (spec.n_fft - spec.window_length) // 2
    window = F.pad(window, (side, spec.n_fft - spec.window_length - side))
    frames = torch.fft.irfft(torch.complex(real, imaginary), spec.n_fft, dim=1)
    frames = frames * window[:, None]
    count = real.shape[-1]
    weights = window.square()[None, :, None].expand(1, -1, count)

    def overlap_add(x: Tensor) -> Tensor:
        length = (count - 1) * spec.hop + spec.n_fft
        return F.fold(x, (1, length), (1, spec.n_fft), stride=(1, spec.hop))[:, 0, 0]

    trim = (spec.n_fft - spec.hop) // 2
    wave = overlap_add(frames)[:, trim : trim + count * spec.hop]
    return wave / overlap_add(weights)[:, trim : trim + count * spec.hop]


def fast_griffin_lim(
    magnitude: Tensor, spec: MelSpec, iterations: int = 32, momentum: float = 0.99
) -> Tensor:
    """A waveform ``[B, hop T]`` of a magnitude ``[B, bins, T]`` (Perraudin et al. 2013).

    Phases start at random, always the same ones. It serves to judge and hear magnitudes while
    training; Java finds better phases.
    """
    random = torch.Generator().manual_seed(0)
    phase = 2 * torch.pi * torch.rand(magnitude.shape, generator=random)
    spectrum = torch.polar(magnitude, phase.to(magnitude.device))
    previous = torch.zeros_like(spectrum)
    for _ in range(iterations):
        projected = stft(inverse_stft(spectrum.real, spectrum.imag, spec), spec)
        moved = projected + momentum * (projected - previous)
        previous = projected
        spectrum = magnitude * moved / moved.abs().clamp(min=1e-12)
    return inverse_stft(spectrum.real, spectrum.imag, spec)
