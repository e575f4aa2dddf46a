"""The game of generator and discriminators, in one pass of both kinds of sound.

Scores come from ``Discriminator``; every loss is a float32 scalar, summed over sub-discriminators.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from vocalise_train.discriminators.opinion import Opinion


@dataclass(frozen=True)
class Game:
    """Losses of scores ``[B, ...]``: of the discriminator's for real and made ones, and of ours."""

    real: Callable[[Tensor], Tensor]
    made: Callable[[Tensor], Tensor]
    generator: Callable[[Tensor], Tensor]


LEAST_SQUARES = Game(
    real=lambda score: (1 - score).square().mean(),
    made=lambda score: score.square().mean(),
    generator=lambda score: (1 - score).square().mean(),
)
"""Mao et al. 2017 (arXiv 1611.04076, eq. 9): real is 1, made is 0. HiFi-GAN's eq. 1 and 2."""

HINGE = Game(
    real=lambda score: (1 - score).clamp(min=0).mean(),
    made=lambda score: (1 + score).clamp(min=0).mean(),
    generator=lambda score: (1 - score).clamp(min=0).mean(),
)
"""Lim and Ye 2017 (arXiv 1705.02894); the generator's is cut off too, as in Vocos."""

GAMES = {"least_squares": LEAST_SQUARES, "hinge": HINGE}


def discriminator_loss(
    discriminator: nn.Module, real: Tensor, made: Tensor, game: Game = LEAST_SQUARES
) -> Tensor:
    """What the discriminators minimise; no gradient reaches ``made``.

    Real and made signals go through in one batch: the same sums as two passes.
    """
    opinions = discriminator(torch.cat([real, made.detach()]))
    loss = real.new_zeros((), dtype=torch.float32)
    for opinion in opinions:
        of_real, of_made = opinion.score.float().chunk(2)
        loss = loss + game.real(of_real) + game.made(of_made)
    return loss


def generator_losses(
    discriminator: nn.Module, real: Tensor, made: Tensor, game: Game = LEAST_SQUARES
) -> tuple[Tensor, Tensor]:
    """The adversarial loss and the feature matching loss that the generator minimises.

    Nothing is computed for the gradients of the discriminators' weights, which stay as they are,
    nor for those of ``real``.
    """
    with torch.no_grad():
        of_real = discriminator(real)
    with frozen(discriminator):
        of_made = discriminator(made)
    adversarial = real.new_zeros((), dtype=torch.float32)
    for opinion in of_made:
        adversarial = adversarial + game.generator(opinion.score.float())
    return adversarial, feature_matching(of_real, of_made)


def feature_matching(of_real: list[Opinion], of_made: list[Opinion]) -> Tensor:
    """Mean absolute difference of each layer's output, summed over layers (HiFi-GAN's eq. 5).

    Like the reference's code it counts the scores among the layers; its factor of 2 is a weight.
    """
    loss = of_made[0].score.new_zeros((), dtype=torch.float32)
    for real, made in zip(of_real, of_made, strict=True):
        for a, b in zip(real.features, made.features, strict=True):
            loss = loss + (a.float() - b.float()).abs().mean()
    return loss


@contextmanager
def frozen(module: nn.Module) -> Iterator[None]:
    """Within, no operation of ``module`` is recorded for gradients of its weights."""
    weights = [p for p in module.parameters() if p.requires_grad]
    for weight in weights:
        weight.requires_grad_(False)
    try:
        yield
    finally:
        for weight in weights:
            weight.requires_grad_(True)
