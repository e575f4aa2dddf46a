import numpy as np
import pytest
import soundfile
import torch
import torchaudio
from shared_data import shared_path

from vocalise_train.mel import HIFIGAN, NTU, VOCOS24K, MelSpec, filter_bank, mel_spectrogram

PEERS = "data/golden/peers"


def golden_wave(clip: str, rate: int) -> torch.Tensor:
    samples, file_rate = soundfile.read(
        shared_path(f"{PEERS}/{clip}_gt.wav"), dtype="float32", always_2d=True
    )
    wave = torch.from_numpy(samples).mean(dim=1)
    return torchaudio.functional.resample(wave, file_rate, rate)


@pytest.mark.parametrize("clip", ["c1", "c2", "c3", "c4", "r1"])
def test_the_briefs_mel_is_the_reference_packages(clip):
    mel = mel_spectrogram(golden_wave(clip, 22050).double(), NTU)
    golden = np.load(shared_path(f"{PEERS}/{clip}_mel_ta.npy"))
    assert mel.shape == golden.shape
    # The reference's transform and filters are float32: its error is relative to a frame's peak.
    error = np.abs(mel.numpy() - golden)
    assert (error / golden.max(axis=0)).max() < 1e-5
    assert np.median(error / golden) < 5e-6


@pytest.mark.parametrize("clip", ["c1", "c2", "c3", "c4"])
@pytest.mark.parametrize(("name", "spec"), [("hifigan", HIFIGAN), ("vocos24k", VOCOS24K)])
def test_log_mels_are_the_reference_packages(clip, name, spec):
    mel = mel_spectrogram(golden_wave(clip, spec.sample_rate), spec).numpy().astype(float)
    golden = np.load(shared_path(f"{PEERS}/{clip}_mel_{name}.npy")).astype(float)
    assert mel.shape == golden.shape
    if name == "hifigan":
        np.testing.assert_allclose(mel, golden, atol=2e-4)
    # At 24 kHz the wave was resampled in float32, whose rounding depends on the processor and shows
    # in logarithms of values far below a frame's peak: 3e-3 between two processors.
    error = np.abs(np.exp(mel) - np.exp(golden))
    assert (error / np.exp(golden).max(axis=0)).max() < 1e-5
    assert np.median(np.abs(mel - golden)) < 5e-6


def test_the_htk_filters_are_torchaudios():
    theirs = torchaudio.functional.melscale_fbanks(513, 0.0, 8000.0, 80, 22050)
    assert (filter_bank(NTU).T - theirs).abs().max() < 6e-6


def test_the_slaney_filters_are_torchaudios():
    theirs = torchaudio.functional.melscale_fbanks(
        513, 0.0, 8000.0, 80, 22050, norm="slaney", mel_scale="slaney"
    )
    assert (filter_bank(HIFIGAN).T - theirs).abs().max() < 1e-7


def test_frame_t_is_centred_on_sample_hop_t_plus_half_a_hop():
    wave = torch.zeros(256 * 20)
    wave[256 * 9 + 128] = 1
    frames = mel_spectrogram(wave, NTU).sum(0)
    assert frames.argmax() == 9
    torch.testing.assert_close(frames[8], frames[10])


def test_a_spec_survives_json_under_javas_names():
    fields = NTU.to_json()
    assert list(fields)[:4] == ["sampleRate", "nFft", "windowLength", "hop"]
    assert MelSpec.from_json(fields) == NTU


def test_a_spec_with_an_unknown_value_is_refused():
    with pytest.raises(ValueError, match="scale is 'bark', not one of htk, slaney"):
        MelSpec.from_json(NTU.to_json() | {"scale": "bark"})
