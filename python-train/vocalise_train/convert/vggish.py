"""VGGish (Hershey et al. 2017, arXiv 1609.09430), weights as torchvggish publishes them."""

from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from vocalise_train import onnx_graph
from vocalise_train.convert.weights import check_parity, fill, read_state

_CHANNELS = (64, "pool", 128, "pool", 256, 256, "pool", 512, 512, "pool")


class Vggish(nn.Module):
    """From patches ``[B, 96, 64]`` of ln mels (time, bands) to embeddings ``[B, 128]``.

    The output is that of the last linear layer, before torchvggish's ReLU: the scale on which
    Frechet audio distances are published. Modules are named as in torchvggish.
    """

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        inputs = 1
        for channels in _CHANNELS:
            if channels == "pool":
                layers.append(nn.MaxPool2d(2, 2))
            else:
                layers += [nn.Conv2d(inputs, channels, 3, padding=1), nn.ReLU()]
                inputs = channels
        self.features = nn.Sequential(*layers)
        self.embeddings = nn.Sequential(
            nn.Linear(512 * 6 * 4, 4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU(),
            nn.Linear(4096, 128),
        )  # fmt: skip

    def forward(self, patches: Tensor) -> Tensor:
        x = self.features(patches[:, None])
        # Channels last, as in the TensorFlow original.
        return self.embeddings(x.permute(0, 2, 3, 1).flatten(1))


def convert(path: Path) -> tuple[onnx.ModelProto, dict[str, str]]:
    """The ONNX model: ``patches [batch, 96, 64]`` to ``embedding [batch, 128]``."""
    # The published file may hold the constants of the PCA beside the network.
    state = {k: v for k, v in read_state(path).items() if not k.startswith("pproc.")}
    network = fill(Vggish(), state, path)
    example = torch.linspace(-4, 2, 2 * 96 * 64).reshape(2, 96, 64).sin()
    model = onnx_graph.trace(
        network, example, {"patches": {0: "batch"}}, {"embedding": {0: "batch"}}
    )
    check_parity(network, model, example)
    return model, {
        "name": "vggish",
        "architecture": "vggish",
        "kind": "embedding",
        "sample_rate": "16000",
        "licences": "Apache-2.0",
    }
