"""Fine-tuning: mels that another model made, beside the recordings."""

import shutil

import numpy as np
import pytest
import soundfile
import torch
from singing import write_choir

from vocalise_train.mel import NTU, mel_spectrogram
from vocalise_train.training import dataset, presets


@pytest.fixture
def taught(tmp_path):
    folder = write_choir(tmp_path / "taught")
    for path in folder.rglob("*.wav"):
        wave, _ = soundfile.read(path, dtype="float32")
        np.save(path.with_suffix(".npy"), mel_spectrogram(torch.from_numpy(wave), NTU).numpy())
    return folder


def config(folder, preset, *changes):
    changed = presets.resolve(str(preset), ["data.mels=files", "data.speeds=[1]", *changes])
    return presets.with_folders(changed, [folder])


def sampler(data, settings):
    from vocalise_train.data.batches import Sampler

    return Sampler(
        data.store, data.manifest.clips, settings.spec, settings.segment_frames, settings.data, 0,
        data.mels,
    )  # fmt: skip


def test_segments_have_the_mel_of_their_place(taught, preset, tmp_path):
    from vocalise_train.data.batches import to_batch

    settings = config(taught, preset)
    data = dataset.load(settings, tmp_path)
    drawn = sampler(data, settings).draw(3, 0, 12)
    batch = to_batch(drawn, NTU)
    assert torch.equal(batch.mel, drawn.mel)
    computed = mel_spectrogram(drawn.padded, NTU, padded=True)
    # The teacher is exact here: equal but for the edges of clips and rounding.
    error = (batch.mel - computed).abs().mean() / computed.mean()
    assert error < 0.01


def test_a_run_takes_them(taught, train, tmp_path):
    code, err = train("a", "--data", str(taught), "--set", "data.mels=files", "--set",
                      "data.speeds=[1]", "--set", "steps=2")  # fmt: skip
    # The first folder has the same sounds without mels.
    assert code == 0
    assert err.count("has no mel beside it") == 2 * 6
    assert "train: 4 recordings" in err


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda mel: mel[:, :-3], "has a mel of shape"),
        (lambda mel: mel[:40], "has a mel of shape"),
        (lambda mel: np.log(mel + 1e-5), "negative powers: is it a logarithm"),
        (lambda mel: mel * np.nan, "not finite"),
        (lambda mel: mel.astype(int), "not finite"),
    ],
)
def test_mels_that_do_not_fit_are_skipped_and_named(taught, preset, tmp_path, change, message):
    path = taught / "Alto-2#Song 0/0000.npy"
    np.save(path, change(np.load(path)))
    data = dataset.load(config(taught, preset), tmp_path)
    ((name, reason),) = data.manifest.skipped
    assert name == "Alto-2#Song 0/0000.wav"
    assert message in reason
    assert len(data.mels) == len(data.manifest.clips) == 5


def test_a_pickled_mel_is_not_loaded(taught, preset, tmp_path):
    np.save(taught / "Alto-2#Song 0/0000.npy", np.array([{"a": 1}], dtype=object))
    data = dataset.load(config(taught, preset), tmp_path)
    assert "has no mel beside it" in data.manifest.skipped[0][1]


def test_speed_and_teacher_mels_exclude_each_other(taught, preset):
    with pytest.raises(ValueError, match="a mel has one speed"):
        presets.resolve(str(preset), ["data.mels=files"])
    shutil.rmtree(taught)
