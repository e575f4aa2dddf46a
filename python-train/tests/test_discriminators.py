"""What the discriminators promise: sizes, the paper's sums, any length, gradients, bf16."""

from itertools import pairwise

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from vocalise_train.discriminators import DISCRIMINATORS, Discriminators, Opinion
from vocalise_train.discriminators.constant_q import HIGHEST, ConstantQ
from vocalise_train.discriminators.periods import PERIODS, Periods
from vocalise_train.discriminators.resolutions import Resolutions
from vocalise_train.discriminators.scales import Scales

WAVES = [name for name, kind in DISCRIMINATORS.items() if not kind.of_magnitudes]


def plain_parameters(module: nn.Module) -> int:
    """Weights and biases, as they count once the norms are folded."""
    layers = [m for m in module.modules() if isinstance(m, nn.Conv1d | nn.Conv2d)]
    return sum(layer.weight.numel() + layer.bias.numel() for layer in layers)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # The first two: 41.1 and 29.6 M in HiFi-GAN.
        ("periods", 41_092_165),
        ("scales", 29_610_627),
        # By hand from the papers' layer sizes.
        ("resolutions", 3 * (5 * (54 * 32 + 32 + 3 * (27648 + 32) + 9248) + 289)),
        ("constant_q", 3 * (7 * 110 + 54 * 32 + 32 + 3 * (27648 + 32) + 9248 + 289)),
        ("patches", 27 * 32 + 32 + 3 * (15 * 32 * 32 + 32) + 289),
    ],
)
def test_parameters_are_those_of_the_paper(name, expected):
    assert plain_parameters(DISCRIMINATORS[name]()) == expected


def signal(name: str, items: int, length: int) -> Tensor:
    torch.manual_seed(length)
    if DISCRIMINATORS[name].of_magnitudes:
        return torch.rand(items, 513, max(1, length // 256)) * 10
    return 0.2 * torch.randn(items, length)


def small(name: str) -> nn.Module:
    torch.manual_seed(1)
    return DISCRIMINATORS[name](channels=0.125)


@pytest.mark.parametrize("name", DISCRIMINATORS)
@pytest.mark.parametrize("length", [501, 4096, 4099])
def test_any_length_gets_one_opinion_of_each_kind(name, length):
    opinions = small(name)(signal(name, 2, length))
    assert len(opinions) == {"periods": 5, "patches": 1}.get(name, 3)
    for opinion in opinions:
        assert opinion.features[-1] is opinion.score
        assert all(x.shape[0] == 2 and torch.isfinite(x).all() for x in opinion.features)


@pytest.mark.parametrize("name", DISCRIMINATORS)
def test_gradients_reach_the_input_and_every_weight(name):
    discriminator = small(name)
    x = signal(name, 1, 4096).requires_grad_()
    sum(opinion.score.square().mean() for opinion in discriminator(x)).backward()
    # What a period mirrors or leaves out aside, every sample matters.
    assert (x.grad != 0).float().mean() > 0.9
    for key, weight in discriminator.named_parameters():
        assert torch.isfinite(weight.grad).all(), key
        assert weight.grad.abs().sum() > 0, key


@pytest.mark.parametrize("name", DISCRIMINATORS)
def test_silence_has_finite_gradients(name):
    x = torch.zeros_like(signal(name, 1, 4096)).requires_grad_()
    sum(opinion.score.square().mean() for opinion in small(name)(x)).backward()
    assert torch.isfinite(x.grad).all()


@pytest.mark.parametrize("name", DISCRIMINATORS)
def test_bf16_changes_little(name):
    discriminator = small(name).eval()
    x = signal(name, 1, 4096).requires_grad_()
    exact = discriminator(x)
    with torch.autocast("cpu", torch.bfloat16):
        rough = discriminator(x)
    sum(opinion.score.float().square().mean() for opinion in rough).backward()
    assert torch.isfinite(x.grad).all()
    for a, b in zip(exact, rough, strict=True):
        assert b.score.dtype == torch.bfloat16
        assert (a.score - b.score).abs().max() < 0.05 * a.score.abs().max()


@pytest.mark.parametrize("name", DISCRIMINATORS)
def test_items_of_a_batch_are_judged_alone(name):
    discriminator = small(name).eval()
    first, second = signal(name, 2, 4096), signal(name, 2, 4099)[..., :4096]
    together = discriminator(torch.cat([first, second]))
    for opinion, alone, other in zip(
        together, discriminator(first), discriminator(second), strict=True
    ):
        for part, whole in zip(opinion.split(), (alone, other), strict=True):
            for a, b in zip(part.features, whole.features, strict=True):
                torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-5)


def test_a_patch_is_what_a_score_depends_on():
    discriminator = small("patches")
    x = (torch.rand(1, 513, 65) + 0.1).requires_grad_()
    (opinion,) = discriminator(x)
    assert opinion.score.shape == (1, 1, 17, 17)
    opinion.score[0, 0, 8, 8].backward()
    bins, frames = x.grad[0].nonzero().T
    assert bins.max() - bins.min() + 1 == 185
    assert frames.max() - frames.min() + 1 == 21


def published_period(x: Tensor, period: int, layers: nn.ModuleList, post: nn.Module) -> list:
    """The paper's layout: ``[B, channels, time, period]``, kernels (5, 1), strides (3, 1)."""
    if x.shape[-1] % period:
        x = F.pad(x, (0, period - x.shape[-1] % period), "reflect")
    x = x.view(x.shape[0], 1, x.shape[-1] // period, period)
    made = []
    for i, layer in enumerate(layers):
        weight = layer.weight.transpose(2, 3)
        x = F.conv2d(x, weight, layer.bias, (3 if i < 4 else 1, 1), (2, 0))
        x = F.leaky_relu(x, 0.1)
        made.append(x)
    made.append(F.conv2d(x, post.weight.transpose(2, 3), post.bias, 1, (1, 0)))
    return made


@pytest.mark.parametrize("length", [4096, 4103])
def test_periods_are_those_of_the_paper(length):
    discriminator = small("periods")
    x = signal("periods", 2, length)
    for period, each, opinion in zip(
        PERIODS, discriminator.discriminators, discriminator(x), strict=True
    ):
        expected = published_period(x[:, None], period, each.convs, each.conv_post)
        for a, b in zip(opinion.features, expected, strict=True):
            torch.testing.assert_close(a.transpose(2, 3), b, rtol=1e-4, atol=1e-5)


def test_scales_are_those_of_the_paper():
    discriminator = small("scales").eval()
    x = signal("scales", 2, 4096)
    opinions = discriminator(x)
    x = x[:, None]
    for i, each in enumerate(discriminator.discriminators):
        if i:
            # Four samples' mean, of zeros beyond the ends too.
            padded = F.pad(x, (2, 2))
            x = padded.unfold(-1, 4, 2).mean(-1)
        y = x
        strides = (1, 2, 2, 4, 4, 1, 1)
        for j, layer in enumerate(each.convs):
            groups = y.shape[1] // layer.weight.shape[1]
            assert groups == (1, 4, 16, 16, 16, 16, 1)[j]
            padding = layer.weight.shape[2] // 2
            y = F.conv1d(y, layer.weight, layer.bias, strides[j], padding, 1, groups)
            y = F.leaky_relu(y, 0.1)
        y = F.conv1d(y, each.conv_post.weight, each.conv_post.bias, 1, 1)
        torch.testing.assert_close(opinions[i].score, y, rtol=1e-4, atol=1e-5)


def test_only_the_first_scale_has_spectral_norms():
    torch.manual_seed(0)
    first, *others = Scales(channels=0.25).eval().discriminators
    for layer in first.convs:
        largest = torch.linalg.matrix_norm(layer.weight.flatten(1), 2)
        # Power iterations come near it from below.
        assert 0.95 < largest < 1.3
    for each in others:
        assert "convs.0.parametrizations.weight.original0" in each.state_dict()


def test_noise_has_the_same_power_in_every_spectrogram():
    torch.manual_seed(0)
    noise = torch.randn(2, 50_000)
    for magnitudes in (False, True):
        for each in Resolutions(0.1, magnitudes=magnitudes).discriminators:
            power = each.spectrogram(noise).square().sum(1)
            assert power.shape[1] == 50_000 // each.hop
            assert power.mean().item() == pytest.approx(1, rel=0.03)


def test_bands_cover_every_bin_once():
    for each in Resolutions(0.1).discriminators:
        assert each.slices[0].start == 0
        assert each.slices[-1].stop == each.window_length // 2 + 1
        assert all(a.stop == b.start for a, b in pairwise(each.slices))


def naive_constant_q(x: Tensor, bins: int, octaves: int, hop: int) -> Tensor:
    """Sums of products at the full rate, lowest frequency first: ``[bins octaves, frames]``."""
    rows = []
    time = torch.arange(x.numel(), dtype=torch.float64)
    for k in range(bins * octaves):
        frequency = HIGHEST * 2 ** (k / bins - octaves)
        length = 1 / ((2 ** (1 / bins) - 1) * frequency)
        row = []
        for centre in range(0, x.numel(), hop):
            n = time - centre
            window = torch.where(n.abs() < length / 2, 1 + torch.cos(2 * torch.pi * n / length), 0)
            # The squares of 1 + cos sum to 3/2 of the length.
            kernel = window * torch.exp(-2j * torch.pi * frequency * n)
            row.append((x * kernel).sum() / (1.5 * length) ** 0.5)
        rows.append(torch.stack(row))
    return torch.stack(rows)


def test_octaves_are_a_constant_q_transform():
    torch.manual_seed(0)
    n = torch.arange(4000, dtype=torch.float64)
    x = 0.1 * torch.randn(4000, dtype=torch.float64)
    x += torch.sin(0.02 * 2 * torch.pi * n) + torch.sin(0.21 * 2 * torch.pi * n)
    octaves = ConstantQ(bins=12, octaves=5, hop=64)(x[None])
    made = torch.cat([torch.complex(*o[0].chunk(2)) for o in octaves[::-1]])
    naive = naive_constant_q(x, 12, 5, 64)
    assert made.shape == naive.shape
    # The lowest octaves' filters reach further over the ends; the decimation's ripple is 1e-4.
    error = (made - naive)[:, 12:-12].abs().max() / naive.abs().max()
    assert error < 2e-3


def test_a_hop_that_octaves_do_not_divide_is_refused():
    with pytest.raises(ValueError, match="hop 96 is no multiple of 64: 7 octaves"):
        ConstantQ(24, 7, 96)


def test_several_kinds_judge_together():
    both = Discriminators(["periods", "resolutions"], channels=0.1)
    assert len(both(signal("periods", 1, 3000))) == 8
    assert not both.of_magnitudes


@pytest.mark.parametrize("names", [[], ["periods", "patches"]])
def test_kinds_that_judge_different_things_are_refused(names):
    with pytest.raises(ValueError, match="waveforms or magnitudes, not both"):
        Discriminators(names, channels=0.1)


def test_narrow_discriminators_keep_their_groups():
    for factor in (0.01, 0.3, 1.5):
        for kind in (Periods, Scales):
            opinions = kind(factor)(signal("periods", 1, 2048))
            assert all(isinstance(opinion, Opinion) for opinion in opinions)
