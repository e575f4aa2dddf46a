"""Intervals of means and distances, and how a table shows them."""

import math

import numpy as np


def bootstrap(values: list[float]) -> tuple[float, float]:
    """95 % interval of the mean."""
    draws = np.random.default_rng(0).choice(values, (10000, len(values))).mean(1)
    return tuple(np.percentile(draws, [2.5, 97.5]))


def jackknife(frechet: dict) -> tuple[float, float]:
    """95 % interval of a Frechet distance, by leaving out each file."""
    changes = np.array(list(frechet["contributions"].values()))
    n = len(changes)
    half = 1.96 * math.sqrt((n - 1) / n * np.sum((changes - changes.mean()) ** 2))
    return max(0.0, frechet["value"] - half), frechet["value"] + half


def cell(mean: float | None, limits: list[float] | None, scale: float = 1, digits: int = 3) -> str:
    if mean is None:
        return "-"
    text = f"{mean * scale + 0.0:.{digits}f}"
    return text + (
        f" [{limits[0] * scale:.{digits}f}, {limits[1] * scale:.{digits}f}]" if limits else ""
    )
