"""Runs the 1-D convolutions of a generator as 2-D ones of height 1."""

from copy import deepcopy

from torch import Tensor, nn


def _two_dimensional(conv: nn.Conv1d | nn.ConvTranspose1d) -> nn.Module:
    sizes = {
        "in_channels": conv.in_channels,
        "out_channels": conv.out_channels,
        "kernel_size": (1, *conv.kernel_size),
        "stride": (1, *conv.stride),
        "padding": (0, *conv.padding),
        "dilation": (1, *conv.dilation),
        "groups": conv.groups,
        "bias": conv.bias is not None,
    }
    transposed = isinstance(conv, nn.ConvTranspose1d)
    wide = nn.ConvTranspose2d(**sizes) if transposed else nn.Conv2d(**sizes)
    wide.weight = nn.Parameter(conv.weight.detach().unsqueeze(2))
    wide.bias = conv.bias
    return wide


class HeightOne(nn.Module):
    """The generator with an axis of 1 before time: same inputs, same outputs, same arithmetic.

    ONNX Runtime's CPU provider has a blocked layout for 2-D convolutions alone.
    """

    def __init__(self, generator: nn.Module) -> None:
        super().__init__()
        self.generator = deepcopy(generator)
        for parent in list(self.generator.modules()):
            for name, child in list(parent.named_children()):
                if isinstance(child, nn.Conv1d | nn.ConvTranspose1d):
                    setattr(parent, name, _two_dimensional(child))

    def forward(self, mel: Tensor) -> Tensor | tuple[Tensor, ...]:
        return self.generator(mel.unsqueeze(2))
