"""Losses against independent forms: numbers by hand, naive sums, the reference packages."""

import math

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from vocalise_train.discriminators import Discriminators
from vocalise_train.losses.adversarial import (
    GAMES,
    HINGE,
    LEAST_SQUARES,
    discriminator_loss,
    feature_matching,
    frozen,
    generator_losses,
)
from vocalise_train.losses.mel import BANDS, WINDOWS, MultiScaleMelLoss, mel_loss
from vocalise_train.losses.stft import multi_resolution_stft_loss
from vocalise_train.mel import HIFIGAN, NTU, mel_spectrogram

RATE = 22050


def lcg(seed: int, count: int = RATE) -> np.ndarray:
    values = np.empty(count)
    for i in range(count):
        seed = (1103515245 * seed + 12345) % 2**31
        values[i] = seed / 2**30 - 1
    return values


def golden_signals() -> dict[str, np.ndarray]:
    t = np.arange(RATE) / RATE
    second = 0.25 * np.sin(2 * np.pi * 440 * t + 0.3)
    y = 0.5 * np.sin(2 * np.pi * 220 * t) + second + 0.01 * lcg(1)
    x = 0.45 * np.sin(2 * np.pi * 222 * t) + second + 0.01 * lcg(7)
    return {"y": y, "x1": x, "0.5 y": 0.5 * y, "zeros": 0 * y, "noise": 0.3 * lcg(99)}


# Computed with auraloss 0.4.0 in float64.
GOLDEN = {
    "x1": 0.7972496749436205,
    "y": 0.0,
    "0.5 y": 1.1931424284892858,
    "zeros": 7.663264179569104,
    "noise": 4.347426326089232,
}


@pytest.mark.parametrize(("name", "expected"), GOLDEN.items())
def test_the_stft_loss_is_auralosss(name, expected):
    signals = {k: torch.from_numpy(v)[None] for k, v in golden_signals().items()}
    made = multi_resolution_stft_loss(signals[name], signals["y"])
    assert made.item() == pytest.approx(expected, abs=1e-9)
    single = multi_resolution_stft_loss(signals[name].float(), signals["y"].float())
    assert single.item() == pytest.approx(expected, abs=1e-4)


def test_the_stft_loss_is_the_packages_on_batches():
    auraloss = pytest.importorskip("auraloss", reason="auraloss 0.4.0 is not installed")
    torch.manual_seed(0)
    true = 0.1 * torch.randn(3, 8192)
    true[1] *= 0.01
    made = (true + 0.05 * torch.randn_like(true)).requires_grad_()
    theirs = auraloss.freq.MultiResolutionSTFTLoss()(made[:, None], true[:, None])
    ours = multi_resolution_stft_loss(made, true)
    assert ours.item() == pytest.approx(theirs.item(), abs=1e-6)
    gradients = [torch.autograd.grad(loss, made)[0] for loss in (ours, theirs)]
    torch.testing.assert_close(*gradients, rtol=1e-4, atol=1e-6)


def test_items_may_count_alike():
    torch.manual_seed(0)
    true = torch.tensor([[0.1], [0.001]]) * torch.randn(2, 8192)
    made = true + 0.05 * torch.randn_like(true)
    alone = [multi_resolution_stft_loss(m[None], t[None]) for m, t in zip(made, true, strict=True)]
    alike = multi_resolution_stft_loss(made, true, items_alike=True)
    torch.testing.assert_close(alike, torch.stack(alone).mean())
    assert abs(multi_resolution_stft_loss(made, true) - alike) > 1


def naive_log_mel(wave: np.ndarray, window: int, bands: int) -> np.ndarray:
    """log10 of Slaney mels, frame by frame with a sum for each bin and each filter."""
    hop, pad = window // 4, window // 2
    padded = np.pad(wave, pad, mode="reflect")
    n = np.arange(window)
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * n / window)
    dft = np.exp(-2j * np.pi * np.outer(np.arange(window // 2 + 1), n) / window)
    starts = range(0, len(padded) - window + 1, hop)
    magnitude = np.stack([np.abs(dft @ (hann * padded[s : s + window])) for s in starts], 1)

    def hertz(mel: float) -> float:
        return mel * 200 / 3 if mel < 15 else 1000 * 6.4 ** ((mel - 15) / 27)

    top = 15 + 27 * math.log(RATE / 2 / 1000) / math.log(6.4)
    edges = [hertz(top * i / (bands + 1)) for i in range(bands + 2)]
    mel = np.zeros((bands, magnitude.shape[1]))
    for band in range(bands):
        low, peak, high = edges[band : band + 3]
        for k in range(window // 2 + 1):
            f = k * RATE / window
            height = max(0.0, min((f - low) / (peak - low), (high - f) / (high - peak)))
            mel[band] += height * 2 / (high - low) * magnitude[k]
    return np.log10(np.maximum(mel, 1e-5))


def test_the_multi_scale_mel_loss_is_the_naive_sum():
    rng = np.random.default_rng(0)
    true = 0.1 * rng.standard_normal(2048)
    made = 0.5 * true + 0.02 * rng.standard_normal(2048)
    expected = sum(
        np.abs(naive_log_mel(made, w, b) - naive_log_mel(true, w, b)).mean()
        for w, b in zip(WINDOWS, BANDS, strict=True)
    )
    waves = [torch.from_numpy(a)[None].float() for a in (made, true)]
    ours = MultiScaleMelLoss(RATE)(*waves)
    assert ours.item() == pytest.approx(expected, rel=1e-4)


def test_every_scale_hears_every_octave():
    """Narrow windows have few bins; the filters of DAC's sizes that fall between them are known."""
    empty = [int((scale.filters.sum(1) == 0).sum()) for scale in MultiScaleMelLoss(RATE).scales]
    assert empty[:2] == [0, 0]
    assert max(e / b for e, b in zip(empty, BANDS, strict=True)) < 0.2


@pytest.mark.parametrize("spec", [NTU, HIFIGAN])
def test_the_mel_loss_is_in_the_models_own_spec(spec):
    torch.manual_seed(0)
    true, made = 0.1 * torch.randn(2, 3, 8192)
    mels = [mel_spectrogram(wave, spec) for wave in (made, true)]
    if spec.log == "none":
        mels = [mel.clamp(min=1e-5).log() for mel in mels]
    expected = (mels[0] - mels[1]).abs().mean()
    torch.testing.assert_close(mel_loss(spec)(made, true), expected)


WAVE_LOSSES = {
    "mel": mel_loss(HIFIGAN),
    "power mel": mel_loss(NTU),
    "multi-scale mel": MultiScaleMelLoss(RATE),
    "stft": multi_resolution_stft_loss,
}


@pytest.mark.parametrize("name", WAVE_LOSSES)
def test_losses_of_silence_have_finite_gradients(name):
    torch.manual_seed(0)
    true = 0.1 * torch.randn(1, 8192)
    for made, target in ((torch.zeros(1, 8192), true), (true.clone(), torch.zeros(1, 8192))):
        made.requires_grad_()
        loss = WAVE_LOSSES[name](made, target)
        loss.backward()
        assert torch.isfinite(made.grad).all()
        assert math.isfinite(loss.item())


@pytest.mark.parametrize("name", WAVE_LOSSES)
def test_losses_are_float32_under_autocast(name):
    torch.manual_seed(0)
    made, true = 0.1 * torch.randn(2, 1, 8192)
    exact = WAVE_LOSSES[name](made, true)
    with torch.autocast("cpu", torch.bfloat16):
        assert WAVE_LOSSES[name](made, true) == exact


@pytest.mark.parametrize(
    ("game", "real", "made", "generator"),
    [
        # Scores 0.5 and -2: squares (0.25 + 9) / 2 and (0.25 + 4) / 2; hinges (0.5 + 3) / 2 and
        # (1.5 + 0) / 2.
        (LEAST_SQUARES, 4.625, 2.125, 4.625),
        (HINGE, 1.75, 0.75, 1.75),
    ],
)
def test_games_by_hand(game, real, made, generator):
    score = torch.tensor([0.5, -2.0])
    assert game.real(score).item() == real
    assert game.made(score).item() == made
    assert game.generator(score).item() == generator


def discriminators() -> nn.Module:
    torch.manual_seed(2)
    # In evaluation mode the spectral norms don't change from pass to pass.
    return Discriminators(["periods", "scales", "resolutions"], channels=0.05).eval()


def waves() -> tuple[Tensor, Tensor]:
    torch.manual_seed(3)
    real, made = 0.1 * torch.randn(2, 2, 4000)
    return real, made.requires_grad_()


@pytest.mark.parametrize("name", GAMES)
def test_the_discriminators_loss_is_that_of_two_passes(name):
    network, game = discriminators(), GAMES[name]
    real, made = waves()
    expected = sum(
        game.real(a.score) + game.made(b.score)
        for a, b in zip(network(real), network(made.detach()), strict=True)
    )
    loss = discriminator_loss(network, real, made, game)
    torch.testing.assert_close(loss, expected)
    weights = list(network.parameters())
    for a, b in zip(
        torch.autograd.grad(loss, weights), torch.autograd.grad(expected, weights), strict=True
    ):
        torch.testing.assert_close(a, b, rtol=1e-3, atol=1e-5)
    discriminator_loss(network, real, made, game).backward()
    assert made.grad is None


@pytest.mark.parametrize("name", GAMES)
def test_the_generators_losses_are_those_of_two_passes(name):
    network, game = discriminators(), GAMES[name]
    real, made = waves()
    of_real, of_made = network(real), network(made)
    expected_game = sum(game.generator(o.score) for o in of_made)
    expected_match = sum(
        (a - b).abs().mean()
        for r, m in zip(of_real, of_made, strict=True)
        for a, b in zip(r.features, m.features, strict=True)
    )
    (expected,) = torch.autograd.grad(expected_game + 2 * expected_match, made)
    adversarial, matching = generator_losses(network, real, made, game)
    torch.testing.assert_close(adversarial, expected_game)
    torch.testing.assert_close(matching, expected_match)
    (adversarial + 2 * matching).backward()
    torch.testing.assert_close(made.grad, expected, rtol=1e-4, atol=1e-7)
    assert all(weight.grad is None for weight in network.parameters())
    assert all(weight.requires_grad for weight in network.parameters())


def test_frozen_weights_thaw_after_an_error():
    layer = nn.Linear(2, 2)
    layer.bias.requires_grad_(False)

    def fail_inside() -> None:
        with frozen(layer):
            assert not layer.weight.requires_grad
            raise RuntimeError("boom")

    with pytest.raises(RuntimeError, match="boom"):
        fail_inside()
    assert layer.weight.requires_grad
    assert not layer.bias.requires_grad


def test_a_generator_like_the_recording_has_nothing_to_match():
    network = discriminators()
    real, _ = waves()
    assert feature_matching(network(real), network(real)) == 0
