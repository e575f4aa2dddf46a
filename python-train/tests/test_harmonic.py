"""Combs, the pitch that a mel shows, and the net that is built on both."""

import numpy as np
import pytest
import soundfile
import torch
from shared_data import shared_path

from vocalise_train.checkpoint import random_checkpoint
from vocalise_train.mel import HIFIGAN, NTU, MelSpec, mel_spectrogram, stft
from vocalise_train.models.combs import DEPTH, fundamentals, ln_combs, matched_filters

F0 = fundamentals(65.0, 1050.0, 10.0)


def tone(hz: float, seconds: float = 0.3) -> torch.Tensor:
    """Harmonics of equal strength up to half the rate."""
    time = torch.arange(int(NTU.sample_rate * seconds), dtype=torch.float64) / NTU.sample_rate
    count = int(NTU.sample_rate / 2 / hz)
    return 0.1 * sum(torch.cos(2 * torch.pi * k * hz * time) for k in range(1, count + 1))


def ln_mel(wave: torch.Tensor, spec: MelSpec) -> torch.Tensor:
    mel = mel_spectrogram(wave, spec)
    return mel.clamp(min=1e-5).log() if spec.log == "none" else mel


def test_fundamentals_ascend_by_ten_cents():
    assert F0[0] == 65
    assert 1044 < F0[-1] <= 1050
    np.testing.assert_allclose(1200 * np.log2(F0[1:] / F0[:-1]), 10)


@pytest.mark.parametrize("hz", [200.0, 310.0, 777.0])
def test_combs_are_the_spectra_of_equal_harmonics(hz):
    spectrum = stft(tone(hz), NTU).abs()[:, 12].log().numpy()
    comb = ln_combs(NTU, np.array([hz]))[0]
    assert comb.mean() == pytest.approx(0, abs=1e-9)
    # At half the rate the harmonics' mirror images come in.
    peaks = (comb > comb.max() - 1.5) & (np.arange(NTU.bins) < 505)
    offset = (comb - spectrum)[peaks]
    assert np.ptp(offset) < 0.05
    assert comb.max() - comb.min() == pytest.approx(DEPTH, abs=0.5)


@pytest.mark.parametrize("spec", [NTU, HIFIGAN])
@pytest.mark.parametrize("hz", [110.0, 196.0, 261.6, 440.0, 700.0, 1000.0])
def test_the_best_match_is_the_pitch(spec, hz):
    mel = ln_mel(tone(hz), spec)[:, 8:-8]
    likeliest = F0[(matched_filters(spec, F0).T @ mel.numpy()).argmax(0)]
    assert np.abs(1200 * np.log2(likeliest / hz)).max() < 35


def test_the_match_neither_knows_loudness_nor_tilt():
    mel = ln_mel(tone(300), NTU)[:, 12].numpy()
    matched = matched_filters(NTU, F0)
    louder = mel + 3 - 0.04 * np.arange(80)
    found = [F0[(matched.T @ m).argmax()] for m in (mel, louder)]
    assert abs(1200 * np.log2(found[0] / found[1])) <= 10


def test_the_best_match_is_crepes_pitch_on_a_recording():
    samples, rate = soundfile.read(shared_path("data/golden/peers/c1_gt.wav"), dtype="float32")
    assert rate == NTU.sample_rate
    table = np.genfromtxt(
        shared_path("data/golden/peers/c1_gt_16k_crepe_full_torchnet.csv"),
        delimiter=",",
        names=True,
    )
    time, hz, confidence = (table[name] for name in table.dtype.names[:3])
    mel = ln_mel(torch.from_numpy(samples), NTU).numpy()
    centres = (np.arange(mel.shape[1]) * NTU.hop + NTU.hop / 2) / NTU.sample_rate
    at = np.abs(time[:, None] - centres).argmin(0)
    sure = confidence[at] > 0.8
    assert sure.sum() > 50
    likeliest = F0[(matched_filters(NTU, F0).T @ mel).argmax(0)]
    cents = np.abs(1200 * np.log2(likeliest / hz[at]))[sure]
    assert np.median(cents) < 15
    assert (cents < 50).mean() > 0.9


def test_an_untrained_net_already_draws_the_harmonics():
    """Peaks of a harmonic tone above 3 kHz, which the mel doesn't resolve, are where they are."""
    wave = tone(310).float()
    true = stft(wave, NTU).abs()[:, 12]
    with torch.no_grad():
        made = [
            random_checkpoint("x", name, NTU, 0).generator()[0](mel_spectrogram(wave, NTU)[None])
            for name in ("harmonic", "magnitude")
        ]

    def likeness(magnitude: torch.Tensor) -> float:
        pair = torch.stack([magnitude[0, 140:320, 12].log(), true[140:320].log()])
        return torch.corrcoef(pair)[0, 1].item()

    assert likeness(made[0]) > 0.6
    assert likeness(made[1]) < 0.5
