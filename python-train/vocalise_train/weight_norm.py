"""Folds weight normalisation (Salimans and Kingma 2016, eq. 2) into plain weights."""

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

# Direction and length, as PyTorch's older hook and its parametrisation name them.
_SPELLINGS = (
    ("weight_v", "weight_g"),
    ("parametrizations.weight.original1", "parametrizations.weight.original0"),
)


def fold(state: dict[str, Tensor]) -> tuple[dict[str, Tensor], int]:
    """Returns ``state`` with plain weights, and how many were folded.

    Raises:
        ValueError: a direction without its length, or the reverse.
    """
    folded = dict(state)
    count = 0
    for direction_key, length_key in _SPELLINGS:
        for key in [k for k in folded if k.endswith(f".{direction_key}")]:
            module = key.removesuffix(direction_key)
            direction = folded.pop(key)
            length = folded.pop(module + length_key, None)
            if length is None:
                raise ValueError(f"{key} has no {module}{length_key} beside it")
            # The norm runs over the axes along which the length is constant.
            axes = [axis for axis, size in enumerate(length.shape) if size == 1]
            norm = torch.linalg.vector_norm(direction, dim=axes, keepdim=True)
            folded[module + "weight"] = direction * (length / norm)
            count += 1
        left = [k for k in folded if k.endswith(f".{length_key}")]
        if left:
            raise ValueError(f"{left[0]} has no direction beside it")
    return folded, count


def strip(module: nn.Module) -> nn.Module:
    """Replaces the weight normalisation of ``module`` by plain weights, in place; returns it."""
    for child in module.modules():
        if parametrize.is_parametrized(child, "weight"):
            parametrize.remove_parametrizations(child, "weight")
    return module


@torch.no_grad()
def assign(module: nn.Module, state: dict[str, Tensor]) -> None:
    """Gives a module weights of ``state``, whether either has weight norms or not.

    Raises:
        ValueError: names or shapes differ.
    """
    plain, _ = fold(state)
    own, _ = fold(module.state_dict())
    if plain.keys() != own.keys():
        odd = sorted(plain.keys() ^ own.keys())
        raise ValueError(f"weights of another network: {', '.join(odd[:5])}")
    for name, value in plain.items():
        if own[name].shape != value.shape:
            raise ValueError(f"{name} has shape {tuple(value.shape)}, not {tuple(own[name].shape)}")
        path, _, attribute = name.rpartition(".")
        layer = module.get_submodule(path)
        if parametrize.is_parametrized(layer, attribute):
            # Taken apart again by the parametrisation.
            setattr(layer, attribute, value)
        else:
            getattr(layer, attribute).copy_(value)
