"""HiFi-GAN's generator (Kong et al. 2020, arXiv 2010.05646, section 2.2 and appendix A)."""

from dataclasses import dataclass
from math import prod

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import weight_norm

from vocalise_train.mel import MelSpec
from vocalise_train.models.generator import Generator, OutputKind, Serving

SLOPE = 0.1


@dataclass(frozen=True)
class HifiganConfig:
    """Sizes of the network, named as in HiFi-GAN's JSON files.

    ``resblock`` is ``"1"`` (each dilated convolution followed by one without dilation) or ``"2"``.
    """

    resblock: str
    upsample_rates: tuple[int, ...]
    upsample_kernel_sizes: tuple[int, ...]
    upsample_initial_channel: int
    resblock_kernel_sizes: tuple[int, ...]
    resblock_dilation_sizes: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if self.resblock not in ("1", "2"):
            raise ValueError(f"resblock is {self.resblock!r}, not '1' or '2'")
        if len(self.upsample_rates) != len(self.upsample_kernel_sizes):
            raise ValueError("upsample_rates and upsample_kernel_sizes differ in length")
        if len(self.resblock_kernel_sizes) != len(self.resblock_dilation_sizes):
            raise ValueError("resblock_kernel_sizes and resblock_dilation_sizes differ in length")
        for rate, kernel in zip(self.upsample_rates, self.upsample_kernel_sizes, strict=True):
            if kernel < rate or (kernel - rate) % 2:
                raise ValueError(
                    f"upsample kernel {kernel} with rate {rate}: their difference must be even, "
                    "or the samples are not centred on the frames"
                )


V1 = HifiganConfig("1", (8, 8, 2, 2), (16, 16, 4, 4), 512, (3, 7, 11), ((1, 3, 5),) * 3)
V2 = HifiganConfig("1", (8, 8, 2, 2), (16, 16, 4, 4), 128, (3, 7, 11), ((1, 3, 5),) * 3)
V3 = HifiganConfig("2", (8, 8, 4), (16, 16, 8), 256, (3, 5, 7), ((1, 2), (2, 6), (3, 12)))


def _conv(channels: int, kernel: int, dilation: int) -> nn.Module:
    conv = nn.Conv1d(
        channels, channels, kernel, dilation=dilation, padding=dilation * (kernel - 1) // 2
    )
    nn.init.normal_(conv.weight, 0, 0.01)
    return weight_norm(conv)


class PairedResBlock(nn.Module):
    """Residual steps of two convolutions, the first dilated: ``[B, channels, T]`` to the same."""

    def __init__(self, channels: int, kernel: int, dilations: tuple[int, ...]) -> None:
        super().__init__()
        self.convs1 = nn.ModuleList(_conv(channels, kernel, d) for d in dilations)
        self.convs2 = nn.ModuleList(_conv(channels, kernel, 1) for _ in dilations)

    def forward(self, x: Tensor) -> Tensor:
        for dilated, plain in zip(self.convs1, self.convs2, strict=True):
            y = dilated(F.leaky_relu(x, SLOPE))
            x = x + plain(F.leaky_relu(y, SLOPE))
        return x


class SingleResBlock(nn.Module):
    """Residual steps of one dilated convolution: ``[B, channels, T]`` to the same."""

    def __init__(self, channels: int, kernel: int, dilations: tuple[int, ...]) -> None:
        super().__init__()
        self.convs = nn.ModuleList(_conv(channels, kernel, d) for d in dilations)

    def forward(self, x: Tensor) -> Tensor:
        for conv in self.convs:
            x = x + conv(F.leaky_relu(x, SLOPE))
        return x


class Hifigan(Generator):
    """Transposed convolutions up to the sample rate, each followed by parallel residual blocks.

    Modules and their order are named as in HiFi-GAN's checkpoints. Weights are normalised while
    training; ``weight_norm.fold`` makes them plain.
    """

    output = OutputKind.AUDIO

    def __init__(
        self, spec: MelSpec, config: HifiganConfig, chunk_frames: int = 256, height_one: bool = True
    ) -> None:
        super().__init__(spec)
        if prod(config.upsample_rates) != spec.hop:
            raise ValueError(
                f"upsample rates {config.upsample_rates} make {prod(config.upsample_rates)} "
                f"samples a frame, but the hop is {spec.hop}"
            )
        self.config = config
        self.serving = Serving(context_frames(config), chunk_frames, height_one)
        block = PairedResBlock if config.resblock == "1" else SingleResBlock
        channels = config.upsample_initial_channel
        self.conv_pre = weight_norm(nn.Conv1d(spec.bands, channels, 7, padding=3))
        self.ups = nn.ModuleList()
        self.resblocks = nn.ModuleList()
        for rate, kernel in zip(config.upsample_rates, config.upsample_kernel_sizes, strict=True):
            up = nn.ConvTranspose1d(
                channels, channels // 2, kernel, rate, padding=(kernel - rate) // 2
            )
            nn.init.normal_(up.weight, 0, 0.01)
            self.ups.append(weight_norm(up))
            channels //= 2
            for size, dilations in zip(
                config.resblock_kernel_sizes, config.resblock_dilation_sizes, strict=True
            ):
                self.resblocks.append(block(channels, size, dilations))
        self.conv_post = nn.Conv1d(channels, 1, 7, padding=3)
        nn.init.normal_(self.conv_post.weight, 0, 0.01)
        self.conv_post = weight_norm(self.conv_post)

    def generate(self, ln_mel: Tensor) -> Tensor:
        """Returns the audio ``[B, hop T]`` of ``ln_mel [B, bands, T]`` or ``[B, bands, 1, T]``."""
        with self.reduced(ln_mel):
            x = self._trunk(ln_mel)
        if self.trunk_dtype is not None:
            x = x.float()
        return torch.tanh(x).flatten(1)

    def _trunk(self, ln_mel: Tensor) -> Tensor:
        parallel = len(self.config.resblock_kernel_sizes)
        x = self.conv_pre(ln_mel)
        for i, up in enumerate(self.ups):
            x = up(F.leaky_relu(x, SLOPE))
            blocks = self.resblocks[parallel * i : parallel * (i + 1)]
            x = sum(block(x) for block in blocks) / parallel
        # The reference takes PyTorch's default slope, 0.01, for this one activation.
        return self.conv_post(F.leaky_relu(x))


def context_frames(config: HifiganConfig) -> int:
    """Frames on each side that a frame's samples depend on, from the layers' sizes."""
    hop = prod(config.upsample_rates)
    first, last = -3, hop - 1 + 3  # samples of frame 0, through conv_post
    reach = max(
        sum(
            (kernel - 1) // 2 * (dilation + (1 if config.resblock == "1" else 0))
            for dilation in dilations
        )
        for kernel, dilations in zip(
            config.resblock_kernel_sizes, config.resblock_dilation_sizes, strict=True
        )
    )
    layers = zip(config.upsample_rates, config.upsample_kernel_sizes, strict=True)
    for rate, kernel in reversed(list(layers)):
        padding = (kernel - rate) // 2
        first, last = first - reach, last + reach
        first, last = -((kernel - 1 - padding - first) // rate), (last + padding) // rate
    return max(3 - first, last + 3)
