"""The multi-scale discriminator of HiFi-GAN (arXiv 2010.05646, section 2.3), after MelGAN's."""

from collections.abc import Callable
from itertools import pairwise

from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import spectral_norm, weight_norm

from vocalise_train.discriminators.opinion import Discriminator, Opinion, judge, width

_CHANNELS = (128, 128, 256, 512, 1024, 1024, 1024)
_KERNELS = (15, 41, 41, 41, 41, 41, 5)
_STRIDES = (1, 2, 2, 4, 4, 1, 1)
_GROUPS = (1, 4, 16, 16, 16, 16, 1)


class ScaleDiscriminator(nn.Module):
    """Grouped convolutions with long kernels over consecutive samples."""

    def __init__(self, channels: float, norm: Callable[[nn.Module], nn.Module]) -> None:
        super().__init__()
        sizes = [1, *(width(c, channels, max(_GROUPS)) for c in _CHANNELS)]
        layers = zip(pairwise(sizes), _KERNELS, _STRIDES, _GROUPS, strict=True)
        self.convs = nn.ModuleList(
            norm(nn.Conv1d(a, b, kernel, stride, kernel // 2, groups=groups))
            for (a, b), kernel, stride, groups in layers
        )
        self.conv_post = norm(nn.Conv1d(sizes[-1], 1, 3, padding=1))

    def forward(self, wave: Tensor) -> Opinion:
        return judge(wave, self.convs, self.conv_post)


class Scales(Discriminator):
    """The raw waveform, and its averages over 4 samples at every second and every fourth one.

    The first sub-discriminator has spectral norms (Miyato et al. 2018), the others weight norms.
    """

    def __init__(self, channels: float = 1.0, scales: int = 3) -> None:
        super().__init__()
        norms = [spectral_norm, *[weight_norm] * (scales - 1)]
        self.discriminators = nn.ModuleList(ScaleDiscriminator(channels, norm) for norm in norms)

    def forward(self, x: Tensor) -> list[Opinion]:
        wave = x[:, None]
        opinions = [self.discriminators[0](wave)]
        for discriminator in self.discriminators[1:]:
            wave = F.avg_pool1d(wave, 4, 2, padding=2)
            opinions.append(discriminator(wave))
        return opinions
