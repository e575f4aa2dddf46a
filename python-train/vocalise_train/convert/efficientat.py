"""EfficientAT's mn04 (Schmid et al. 2023, arXiv 2211.04772): MobileNetV3 on AudioSet."""

from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from vocalise_train import onnx_graph
from vocalise_train.convert.weights import check_parity, fill, read_state

WIDTH = 0.4

# MobileNetV3-Large (Howard et al. 2019, table 1): kernel, expanded channels, output channels,
# squeeze-and-excitation, hard swish, stride.
_BLOCKS = (
    (3, 16, 16, False, False, 1),
    (3, 64, 24, False, False, 2),
    (3, 72, 24, False, False, 1),
    (5, 72, 40, True, False, 2),
    (5, 120, 40, True, False, 1),
    (5, 120, 40, True, False, 1),
    (3, 240, 80, False, True, 2),
    (3, 200, 80, False, True, 1),
    (3, 184, 80, False, True, 1),
    (3, 184, 80, False, True, 1),
    (3, 480, 112, True, True, 1),
    (3, 672, 112, True, True, 1),
    (5, 672, 160, True, True, 2),
    (5, 960, 160, True, True, 1),
    (5, 960, 160, True, True, 1),
)


def _of_eight(channels: float) -> int:
    """The nearest multiple of 8, never below nine tenths of ``channels``."""
    rounded = max(8, int(channels + 4) // 8 * 8)
    return rounded if rounded >= 0.9 * channels else rounded + 8


def _conv(
    inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1,
    activation: type[nn.Module] | None = None,
) -> nn.Sequential:  # fmt: skip
    layers = [
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs, eps=1e-3),
    ]
    return nn.Sequential(*layers, *([activation()] if activation else []))


class SqueezeExcitation(nn.Module):
    """Scales each channel by what two linear layers make of the channels' means."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        squeezed = _of_eight(channels // 4)
        layer = nn.Module()
        layer.fc1 = nn.Linear(channels, squeezed)
        layer.fc2 = nn.Linear(squeezed, channels)
        # Published with one layer for each axis squeezed; mn04 has the channels' alone.
        self.conc_se_layers = nn.ModuleList([layer])

    def forward(self, x: Tensor) -> Tensor:
        layer = self.conc_se_layers[0]
        scale = torch.sigmoid(layer.fc2(torch.relu(layer.fc1(x.mean((2, 3))))))
        return x * scale[:, :, None, None]


class InvertedResidual(nn.Module):
    """Expands the channels, convolves each alone, contracts them; added to the input if it fits."""

    def __init__(
        self, inputs: int, kernel: int, expanded: int, outputs: int, squeeze: bool,
        hard_swish: bool, stride: int,
    ) -> None:  # fmt: skip
        super().__init__()
        activation = nn.Hardswish if hard_swish else nn.ReLU
        layers = [_conv(inputs, expanded, 1, activation=activation)] if expanded != inputs else []
        layers.append(_conv(expanded, expanded, kernel, stride, expanded, activation))
        if squeeze:
            layers.append(SqueezeExcitation(expanded))
        layers.append(_conv(expanded, outputs, 1))
        self.block = nn.Sequential(*layers)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        return x + self.block(x) if self.residual else self.block(x)


class EfficientAt(nn.Module):
    """From ln mels ``[B, 128, T]`` to embeddings ``[B, 384]`` and AudioSet logits ``[B, 527]``.

    The mel is made at 32 kHz as docs/models.md says, (ln(power + 1e-5) + 4.5) / 5. The embedding
    is the mean over time and frequency of the last features. Modules are named as published.
    """

    def __init__(self) -> None:
        super().__init__()
        channels = _of_eight(16 * WIDTH)
        layers: list[nn.Module] = [_conv(1, channels, 3, 2, activation=nn.Hardswish)]
        for kernel, expanded, outputs, squeeze, hard_swish, stride in _BLOCKS:
            wide, narrow = _of_eight(expanded * WIDTH), _of_eight(outputs * WIDTH)
            layers.append(
                InvertedResidual(channels, kernel, wide, narrow, squeeze, hard_swish, stride)
            )
            channels = narrow
        layers.append(_conv(channels, 6 * channels, 1, activation=nn.Hardswish))
        self.features = nn.Sequential(*layers)
        hidden = _of_eight(1280 * WIDTH)
        # The gaps keep the published numbering: pooling and flattening come first, then dropout.
        self.classifier = nn.ModuleDict(
            {"2": nn.Linear(6 * channels, hidden), "5": nn.Linear(hidden, 527)}
        )

    def forward(self, mel: Tensor) -> tuple[Tensor, Tensor]:
        embedding = self.features(mel[:, None]).mean((2, 3))
        hidden = nn.functional.hardswish(self.classifier["2"](embedding))
        return embedding, self.classifier["5"](hidden)


def read(path: Path) -> EfficientAt:
    """The network of a published state dict."""
    return fill(EfficientAt(), read_state(path), path)


def convert(path: Path) -> tuple[onnx.ModelProto, dict[str, str]]:
    """The model: ``mel [batch, 128, frames]`` to ``embedding [batch, 384]`` and ``logits``."""
    network = read(path)
    example = torch.linspace(-3, 5, 2 * 128 * 100).reshape(2, 128, 100).sin()
    model = onnx_graph.trace(
        network,
        example,
        {"mel": {0: "batch", 2: "frames"}},
        {"embedding": {0: "batch"}, "logits": {0: "batch"}},
    )
    check_parity(network, model, example)
    return model, {
        "name": "efficientat-mn04",
        "architecture": "efficientat-mn04",
        "kind": "embedding",
        "sample_rate": "32000",
        "licences": "MIT",
    }
