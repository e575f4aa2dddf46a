"""Reads PyTorch's weight files without running code from them."""

import pickle
from pathlib import Path

import torch
from torch import Tensor, nn

from vocalise_train import onnx_graph


def read_state(path: Path) -> dict[str, Tensor]:
    """The tensors of a state dict.

    Raises:
        ValueError: the file holds something else; the message names it.
    """
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, EOFError) as error:
        reason = str(error).splitlines()[0]
        raise ValueError(f"{path}: no weights that load without code: {reason}") from error
    if not isinstance(state, dict) or not all(isinstance(v, Tensor) for v in state.values()):
        raise ValueError(f"{path}: no state dict")
    return state


def fill(network: nn.Module, state: dict[str, Tensor], path: Path) -> nn.Module:
    """Loads a state into a network, every tensor of both; returns it ready to run."""
    try:
        network.load_state_dict(state)
    except RuntimeError as error:
        raise ValueError(f"{path}: other weights than the network's: {error}") from error
    return network.eval()


def check_parity(network: nn.Module, model, example: Tensor) -> None:
    """Raises ValueError where ONNX Runtime differs from PyTorch by more than 1e-4 of the range."""
    with torch.inference_mode():
        expected = network(example)
    expected = expected if isinstance(expected, tuple) else (expected,)
    for e, a in zip(expected, onnx_graph.run(model, example.numpy()), strict=True):
        difference = float((e - torch.from_numpy(a)).abs().max() / e.abs().max().clamp(min=1))
        if not difference <= 1e-4:
            raise ValueError(f"ONNX Runtime differs from PyTorch by {difference:.1e}")
