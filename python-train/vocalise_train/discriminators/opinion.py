"""What every discriminator says, and the parts that they share."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import NamedTuple

from torch import Tensor, nn
from torch.nn import functional as F

SLOPE = 0.1


class Opinion(NamedTuple):
    """What one sub-discriminator makes of a batch, float32 or the precision of autocast.

    Attributes:
        score: how real each place sounds, ``[B, ...]``; the losses say what is real.
        features: what each layer made, for feature matching; the score is the last one.
    """

    score: Tensor
    features: tuple[Tensor, ...]

    def split(self) -> tuple["Opinion", "Opinion"]:
        """The opinions on the first and on the second half of the batch."""
        halves = [x.chunk(2) for x in self.features]
        first, second = zip(*halves, strict=True)
        return Opinion(first[-1], first), Opinion(second[-1], second)


class Discriminator(nn.Module, ABC):
    """Several sub-discriminators of one kind.

    ``forward`` takes waveforms ``[B, samples]`` in [-1, 1], or magnitudes ``[B, bins, T]`` where
    ``of_magnitudes`` says so, and returns an ``Opinion`` of each sub-discriminator. Items of a
    batch don't influence each other, so that real and made ones may share a batch.
    """

    of_magnitudes = False

    @abstractmethod
    def forward(self, x: Tensor) -> list[Opinion]: ...


def judge(x: Tensor, convolutions: Iterable[nn.Module], post: nn.Module) -> Opinion:
    """Runs convolutions with leaky rectifiers between, then ``post``, which makes the score."""
    features = []
    for convolution in convolutions:
        x = F.leaky_relu(convolution(x), SLOPE)
        features.append(x)
    score = post(x)
    return Opinion(score, (*features, score))


def width(channels: int, factor: float, multiple: int = 1) -> int:
    """``factor`` times ``channels``, a positive multiple of ``multiple``."""
    return multiple * max(1, round(channels * factor / multiple))
