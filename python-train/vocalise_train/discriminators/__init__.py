"""Discriminators: they learn to tell recordings from what a generator makes."""

from collections.abc import Iterable

from torch import nn

from vocalise_train.discriminators.octaves import Octaves
from vocalise_train.discriminators.opinion import Discriminator, Opinion
from vocalise_train.discriminators.patches import Patches
from vocalise_train.discriminators.periods import Periods
from vocalise_train.discriminators.resolutions import Resolutions
from vocalise_train.discriminators.scales import Scales

__all__ = ["DISCRIMINATORS", "Discriminator", "Discriminators", "Opinion"]

DISCRIMINATORS: dict[str, type[Discriminator]] = {
    "periods": Periods,
    "scales": Scales,
    "resolutions": Resolutions,
    "constant_q": Octaves,
    "patches": Patches,
}


class Discriminators(Discriminator):
    """Several kinds that judge the same signals, all waveforms or all magnitudes."""

    def __init__(self, names: Iterable[str], channels: float = 1.0) -> None:
        """Makes new ones, their weights drawn from PyTorch's random numbers.

        Args:
            names: keys of ``DISCRIMINATORS``.
            channels: width of each, relative to its paper's.

        Raises:
            ValueError: some judge waveforms and some magnitudes, or there are none.
        """
        super().__init__()
        self.kinds = nn.ModuleDict({name: DISCRIMINATORS[name](channels) for name in names})
        inputs = {kind.of_magnitudes for kind in self.kinds.values()}
        if len(inputs) != 1:
            words = ", ".join(self.kinds) or "none"
            raise ValueError(
                f"discriminators must judge waveforms or magnitudes, not both: {words}"
            )
        (self.of_magnitudes,) = inputs

    def forward(self, x) -> list[Opinion]:
        return [opinion for kind in self.kinds.values() for opinion in kind(x)]
