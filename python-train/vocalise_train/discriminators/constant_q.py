"""A constant-Q transform by octaves, of which gradients flow back.

Brown 1991; the lower octaves from decimated signals as in Schoerkhuber and Klapuri 2010.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

HIGHEST = 0.44
"""Where the highest octave ends, in cycles a sample."""

# Passes up to HIGHEST / 2 and stops, by 80 dB, from 1/2 - HIGHEST / 2 on (Kaiser's formula).
_HALF_BAND_TAPS = 85
_HALF_BAND_BETA = 7.86


class ConstantQ(nn.Module):
    """Complex spectra with ``bins`` frequencies an octave, Hann windows of constant Q.

    Frame t is centred on sample hop t; zeros continue the waveform. The kernels' squares sum to 1,
    so that white noise of deviation 1 has a mean power of 1 in every bin. Always float32.
    """

    def __init__(self, bins: int, octaves: int, hop: int) -> None:
        super().__init__()
        if hop % 2 ** (octaves - 1):
            raise ValueError(f"hop {hop} is no multiple of {2 ** (octaves - 1)}: {octaves} octaves")
        self.hop = hop
        self.octaves = octaves
        self.register_buffer("kernels", _kernels(bins)[:, None], persistent=False)
        self.register_buffer("half_band", _half_band()[None, None], persistent=False)

    def forward(self, wave: Tensor) -> list[Tensor]:
        """Octaves of ``wave [B, samples]``, highest first: each ``[B, 2 bins, frames]``.

        Channels are the real parts, lowest frequency first, then the imaginary ones. There are
        samples / hop frames, rounded up.
        """
        with torch.autocast(wave.device.type, enabled=False):
            signal = F.pad(wave.float(), (0, -wave.shape[-1] % self.hop))[:, None]
            hop = self.hop
            spectra = []
            for octave in range(self.octaves):
                if octave:
                    signal = F.conv1d(signal, self.half_band, None, 2, _HALF_BAND_TAPS // 2)
                    hop //= 2
                half = self.kernels.shape[-1] // 2
                spectra.append(F.conv1d(signal, self.kernels, None, hop, half))
            return spectra


def frequencies(bins: int) -> Tensor:
    """Of the highest octave, in cycles a sample."""
    return HIGHEST * 2 ** (torch.arange(bins, dtype=torch.float64) / bins - 1)


def _kernels(bins: int) -> Tensor:
    """Real, then imaginary kernels of one octave, ``[2 bins, odd length]``."""
    frequency = frequencies(bins)[:, None]
    length = 1 / ((2 ** (1 / bins) - 1) * frequency)
    half = int(length.max() / 2)
    n = torch.arange(-half, half + 1, dtype=torch.float64)
    window = torch.where(n.abs() < length / 2, 0.5 + 0.5 * torch.cos(2 * torch.pi * n / length), 0)
    window = window / window.square().sum(1, keepdim=True).sqrt()
    phase = 2 * torch.pi * frequency * n
    return torch.cat([window * phase.cos(), -window * phase.sin()]).float()


def _half_band() -> Tensor:
    """Low pass for every second sample, with the gain that keeps the power of white noise."""
    n = torch.arange(_HALF_BAND_TAPS, dtype=torch.float64) - _HALF_BAND_TAPS // 2
    window = torch.kaiser_window(
        _HALF_BAND_TAPS, periodic=False, beta=_HALF_BAND_BETA, dtype=torch.float64
    )
    return (2**0.5 * 0.5 * torch.sinc(n / 2) * window).float()
