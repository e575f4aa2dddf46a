"""Losses on magnitudes."""

import torch

from vocalise_train.losses import magnitude
from vocalise_train.mel import NTU, mel_spectrogram, stft


def test_magnitude_losses_vanish_for_the_recording_and_are_means_over_items():
    wave = torch.randn(4, 256 * 12, generator=torch.Generator().manual_seed(0)) * 0.1
    real = stft(wave, NTU).abs()
    mel = mel_spectrogram(wave, NTU)
    fake = real * 1.1 + 0.01
    losses = (
        magnitude.log_magnitude,
        magnitude.relative_magnitude,
        magnitude.convergence,
        lambda f, r: magnitude.log_mel(f, mel[: len(r)], NTU),
    )
    for loss in losses:
        assert loss(real, real) < 1e-5
        assert loss(fake, real) > 0.01
    for loss in losses[:3]:
        halves = (loss(fake[:2], real[:2]) + loss(fake[2:], real[2:])) / 2
        torch.testing.assert_close(loss(fake, real), halves)


def test_silence_makes_no_loss_that_is_not_finite():
    silent, fake = torch.zeros(2, 513, 8), torch.full((2, 513, 8), 1e-3)
    for loss in (magnitude.log_magnitude, magnitude.relative_magnitude, magnitude.convergence):
        assert torch.isfinite(loss(fake, silent))
