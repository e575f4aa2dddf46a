"""The multi-resolution discriminator: on spectrograms of several window lengths.

Jang et al. 2021 (UnivNet, arXiv 2106.07889, section 2.2) on magnitudes; Kumar et al. 2023 (DAC,
arXiv 2306.06546, section 3.4) on complex spectra cut into bands.
"""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import weight_norm

from vocalise_train.discriminators.opinion import SLOPE, Discriminator, Opinion, width

WINDOWS = (2048, 1024, 512)
BANDS = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0)
"""Edges of the bands, as shares of the highest frequency."""


class ResolutionDiscriminator(nn.Module):
    """Convolutions over time and frequency of one spectrogram, each band with weights of its own.

    The spectrum is that of a Hann window, hop a quarter of it, scaled so that noise of deviation 1
    has a mean power of 1; zeros continue the waveform at both ends. It is always float32.
    """

    def __init__(
        self, window: int, channels: float, bands: tuple[float, ...], magnitudes: bool
    ) -> None:
        super().__init__()
        self.window_length = window
        self.hop = window // 4
        self.magnitudes = magnitudes
        self.register_buffer("window", torch.hann_window(window), persistent=False)
        bins = window // 2 + 1
        edges = [round(edge * bins) for edge in bands]
        self.slices = [slice(a, b) for a, b in pairwise(edges)]
        size = width(32, channels)
        self.bands = nn.ModuleList(self._stack(1 if magnitudes else 2, size) for _ in self.slices)
        self.conv_post = weight_norm(nn.Conv2d(size, 1, (3, 3), padding=(1, 1)))

    @staticmethod
    def _stack(inputs: int, size: int) -> nn.ModuleList:
        # Time is the height, frequency the width, which the strides shorten.
        wide = [nn.Conv2d(size, size, (3, 9), (1, 2), (1, 4)) for _ in range(3)]
        layers = [
            nn.Conv2d(inputs, size, (3, 9), padding=(1, 4)),
            *wide,
            nn.Conv2d(size, size, (3, 3), padding=(1, 1)),
        ]
        return nn.ModuleList(weight_norm(layer) for layer in layers)

    def spectrogram(self, wave: Tensor) -> Tensor:
        """``[B, 1 or 2, frames, bins]`` of ``wave [B, samples]``."""
        with torch.autocast(wave.device.type, enabled=False):
            pad = (self.window_length - self.hop) // 2
            # At least one frame.
            short = max(0, self.hop - wave.shape[-1])
            padded = F.pad(wave.float(), (pad, pad + short))
            spectrum = torch.view_as_real(
                torch.stft(
                    padded,
                    self.window_length,
                    self.hop,
                    window=self.window,
                    center=False,
                    return_complex=True,
                )
            )
            spectrum = spectrum / self.window.square().sum().sqrt()
            spectrum = spectrum.permute(0, 3, 2, 1)
            if self.magnitudes:
                # The square root's slope is infinite at 0.
                spectrum = spectrum.square().sum(1, keepdim=True).add(1e-9).sqrt()
            return spectrum.contiguous()

    def forward(self, wave: Tensor) -> Opinion:
        spectrum = self.spectrogram(wave)
        features = []
        ends = []
        for layers, band in zip(self.bands, self.slices, strict=True):
            x = spectrum[..., band]
            for layer in layers:
                x = F.leaky_relu(layer(x), SLOPE)
                features.append(x)
            ends.append(x)
        score = self.conv_post(torch.cat(ends, dim=-1))
        return Opinion(score, (*features, score))


class Resolutions(Discriminator):
    """One sub-discriminator for each window length; DAC's bands and complex spectra by default.

    ``bands=(0, 1), magnitudes=True`` is UnivNet's form.
    """

    def __init__(
        self,
        channels: float = 1.0,
        windows: tuple[int, ...] = WINDOWS,
        bands: tuple[float, ...] = BANDS,
        magnitudes: bool = False,
    ) -> None:
        super().__init__()
        self.discriminators = nn.ModuleList(
            ResolutionDiscriminator(window, channels, bands, magnitudes) for window in windows
        )

    def forward(self, x: Tensor) -> list[Opinion]:
        return [discriminator(x) for discriminator in self.discriminators]
