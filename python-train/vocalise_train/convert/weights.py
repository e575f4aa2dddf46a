"""Reads PyTorch's weight files without running code from them."""

from pathlib import Path

import torch
from torch import Tensor, nn

from vocalise_train import onnx_graph


def load(path: Path) -> object:
    """What PyTorch saved in a file.

    Raises:
        OSError: there is no such file, or it may not be read.
        ValueError: its bytes are no such file, or only code could load them; the message names it.
    """
    with path.open("rb") as file:
        try:
            return torch.load(file, map_location="cpu", weights_only=True)
        # Damaged bytes fail anywhere in the reader: KeyError, IndexError, OSError and others.
        except Exception as error:
            raise ValueError(
                f"{path}: no weights that load without code, or cut off; fetch them again"
            ) from error


def read_state(path: Path) -> dict[str, Tensor]:
    """The tensors of a state dict.

    Raises:
        ValueError: the file holds something else; the message names it.
    """
    state = load(path)
    if not isinstance(state, dict) or not all(isinstance(v, Tensor) for v in state.values()):
        raise ValueError(f"{path}: no state dict")
    return state


def fill(network: nn.Module, state: dict[str, Tensor], path: Path) -> nn.Module:
    """Loads a state into a network, every tensor of both; returns it ready to run."""
    try:
        network.load_state_dict(state)
    except RuntimeError as error:
        odd = sorted(network.state_dict().keys() ^ state.keys())
        if odd:
            what = f"{len(odd)} names are in one of the two only, like {odd[0]}"
        else:
            what = str(error).split("\n\t")[1]  # the first tensor of another shape
        raise ValueError(f"{path}: other weights than the network's: {what}") from error
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
