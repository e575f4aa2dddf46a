"""The models in the folder onnx: what PyTorch makes with their weights, ONNX Runtime makes too."""

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper
from shared_data import shared_path

from vocalise_train import export
from vocalise_train.checkpoint import random_checkpoint
from vocalise_train.mel import MelSpec
from vocalise_train.models.generator import Generator

SHIPPED = sorted((Path(__file__).parents[2] / "onnx").glob("*.onnx"))
TOLERANCE = 1e-4
"""Of full scale: what a user may rely on. An export allows a tenth of it."""


def metadata_of(model: onnx.ModelProto) -> dict[str, str]:
    return {entry.key.removeprefix("vocalise."): entry.value for entry in model.metadata_props}


def weights_of(model: onnx.ModelProto) -> dict[str, np.ndarray]:
    return {w.name: numpy_helper.to_array(w) for w in model.graph.initializer}


def generator_with_weights_of(model: onnx.ModelProto) -> Generator:
    """PyTorch's generator, its weights taken from an exported file.

    An export transposes and renames weights: an export of random ones, no two of which are alike,
    shows which has become which.
    """
    entries = metadata_of(model)
    spec = MelSpec.from_json(json.loads(entries["mel_spec"]))
    generator, _ = random_checkpoint("random", entries["architecture"], spec, seed=1).generator()
    with torch.no_grad():
        for weight in generator.parameters():
            weight.copy_(torch.randn_like(weight))
    state = {key: value.numpy() for key, value in generator.state_dict().items()}
    keys = {value.tobytes(): key for key, value in state.items()}
    keys |= {value.T.tobytes(): key for key, value in state.items() if value.ndim == 2}
    shipped = weights_of(model)
    for name, array in weights_of(export.to_onnx(generator)).items():
        key = keys[array.tobytes()]
        weight = shipped.pop(name)
        turned = array.ndim == 2 and array.shape != state[key].shape
        state[key] = (weight.T if turned else weight).reshape(state[key].shape).copy()
    assert not shipped
    generator.load_state_dict({key: torch.from_numpy(value) for key, value in state.items()})
    return generator.eval()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_model_agrees_with_pytorch(path):
    model = onnx.load(path)
    generator = generator_with_weights_of(model)
    for clip in ("c1", "c2", "c3", "c4", "r1"):
        mel = np.load(shared_path(f"data/golden/peers/{clip}_mel_ta.npy"))
        difference = export.largest_difference(generator, model, torch.from_numpy(mel))
        assert difference <= TOLERANCE
