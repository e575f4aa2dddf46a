"""The trunk of the frame-rate generators: ConvNeXt blocks in one dimension."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def channels_last(x: Tensor) -> Tensor:
    """``[B, channels, ..., T]`` as ``[B, ..., T, channels]``."""
    return x.movedim(1, x.dim() - 1)


def channels_first(x: Tensor) -> Tensor:
    """The inverse of ``channels_last``."""
    # The ONNX exporter takes no negative axis here.
    return x.movedim(x.dim() - 1, 1)


def drop_height(x: Tensor) -> Tensor:
    """``[B, channels, 1, T]`` as ``[B, channels, T]``; the latter stays."""
    return x.squeeze(2) if x.dim() == 4 else x


class ConvNextBlock(nn.Module):
    """Depthwise convolution, then two linear layers around a GELU, added to the input.

    Siuzdak 2023 (arXiv 2306.00814, section 3.2), after Liu et al. 2022. Shape ``[B, channels, T]``
    (or ``[B, channels, 1, T]``) to the same; ``scale`` is what the residual branch is first
    multiplied by.
    """

    def __init__(self, channels: int, hidden: int, scale: float) -> None:
        super().__init__()
        self.depthwise = nn.Conv1d(channels, channels, 7, padding=3, groups=channels)
        self.norm = nn.LayerNorm(channels, eps=1e-6)
        self.expand = nn.Linear(channels, hidden)
        self.contract = nn.Linear(hidden, channels)
        self.scale = nn.Parameter(torch.full((channels,), scale))

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(channels_last(self.depthwise(x)))
        y = self.scale * self.contract(F.gelu(self.expand(y)))
        return x + channels_first(y)


class ConvNextTrunk(nn.Module):
    """From ``[B, bands, T]`` to ``[B, T, channels]`` (an axis of 1 before T may stay)."""

    def __init__(self, bands: int, channels: int, hidden: int, blocks: int) -> None:
        super().__init__()
        self.embed = nn.Conv1d(bands, channels, 7, padding=3)
        self.norm = nn.LayerNorm(channels, eps=1e-6)
        self.blocks = nn.ModuleList(
            ConvNextBlock(channels, hidden, 1 / blocks) for _ in range(blocks)
        )
        self.final_norm = nn.LayerNorm(channels, eps=1e-6)
        for module in self.modules():
            if isinstance(module, nn.Conv1d | nn.Linear):
                nn.init.trunc_normal_(module.weight, std=0.02)
                nn.init.zeros_(module.bias)

    @property
    def context_frames(self) -> int:
        """Frames on each side that a frame depends on: three for each convolution."""
        return 3 * (1 + len(self.blocks))

    def forward(self, x: Tensor) -> Tensor:
        x = channels_first(self.norm(channels_last(self.embed(x))))
        for block in self.blocks:
            x = block(x)
        return self.final_norm(channels_last(x))
