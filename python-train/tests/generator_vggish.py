"""VGGish with generator numbers in place of trained weights, by the recipe of golden.json.

``python generator_vggish.py vggish.pth`` writes it as torchvggish publishes its weights.
"""

import sys
from pathlib import Path

import numpy as np
import torch

from vocalise_train.convert import vggish

_SEED = 2024


def save(path: Path) -> None:
    network = vggish.Vggish()
    numbers = _generator_numbers(sum(p.numel() for p in network.parameters()))
    with torch.no_grad():
        for parameter in network.parameters():
            values, numbers = numbers[: parameter.numel()], numbers[parameter.numel() :]
            scale = np.sqrt(6 / parameter[0].numel()) if parameter.dim() > 1 else 0.05
            parameter.copy_(torch.from_numpy(values * scale).float().view_as(parameter))
    torch.save(network.state_dict(), path)


def _generator_numbers(count: int) -> np.ndarray:
    """The first numbers of s <- (1103515245 s + 12345) mod 2^31, as s / 2^30 - 1."""
    a = np.cumprod(np.full(count, 1103515245, np.uint64))
    sums = np.cumsum(np.concatenate([np.ones(1, np.uint64), a[:-1]]))
    with np.errstate(over="ignore"):
        states = (a * np.uint64(_SEED) + sums * np.uint64(12345)) & np.uint64(2**31 - 1)
    return states / 2**30 - 1


if __name__ == "__main__":
    save(Path(sys.argv[1]))
