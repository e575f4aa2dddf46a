"""Optimisers, learning rates by step, averaged weights, and state as named tensors."""

import copy
from collections.abc import Iterable
from math import cos, pi

import torch
from torch import Tensor, nn
from torch.optim import AdamW, Optimizer

from vocalise_train.training.config import OptimiserConfig


def optimiser(parameters: Iterable[Tensor], config: OptimiserConfig) -> AdamW:
    return AdamW(
        parameters,
        lr=config.learning_rate,
        betas=config.betas,
        weight_decay=config.weight_decay,
        foreach=True,
    )


def learning_rate(config: OptimiserConfig, step: int, steps: int) -> float:
    """The rate of one step: a function of it, so that no schedule has a state.

    Args:
        config: the schedule.
        step: counted from 0.
        steps: of the whole run.
    """
    if step < config.warmup:
        return config.learning_rate * (step + 1) / config.warmup
    if config.schedule == "exponential":
        return config.learning_rate * config.decay**step
    done = min(1.0, (step - config.warmup) / max(1, steps - config.warmup))
    return config.learning_rate * (config.final + (1 - config.final) * (1 + cos(pi * done)) / 2)


def set_rate(optim: Optimizer, rate: float) -> None:
    for group in optim.param_groups:
        group["lr"] = rate


class Average:
    """A copy of a network whose weights follow as an exponential mean.

    The decay grows with the steps up to its value, so that the first weights are soon forgotten.
    """

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay = decay
        self.network = copy.deepcopy(network).requires_grad_(False).eval()

    @torch.no_grad()
    def follow(self, network: nn.Module, step: int) -> None:
        """Moves towards ``network`` after ``step`` steps."""
        decay = min(self.decay, (1 + step) / (10 + step))
        mine, theirs = list(self.network.parameters()), list(network.parameters())
        torch._foreach_lerp_(mine, theirs, 1 - decay)


def optimiser_tensors(optim: Optimizer) -> dict[str, Tensor]:
    """An optimiser's state, named by the places of its parameters."""
    state = optim.state_dict()["state"]
    return {f"{place}.{key}": v for place, values in state.items() for key, v in values.items()}


def load_optimiser(optim: Optimizer, tensors: dict[str, Tensor]) -> None:
    """The inverse of ``optimiser_tensors``."""
    state: dict[int, dict[str, Tensor]] = {}
    for key, value in tensors.items():
        place, name = key.split(".", 1)
        # The optimiser would keep these very tensors, which may be mapped from a file.
        state.setdefault(int(place), {})[name] = value.clone()
    optim.load_state_dict({**optim.state_dict(), "state": state})
