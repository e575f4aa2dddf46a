"""Folders of recordings: found, checked, split by singer, drawn."""

from fractions import Fraction

import numpy as np
import pytest
import soundfile
import torch
from singing import RATE, phrase, write_choir

from vocalise_train.data import batches, manifest, split
from vocalise_train.data.batches import Sampler, to_batch
from vocalise_train.data.store import StoreBuilder
from vocalise_train.mel import NTU, mel_spectrogram
from vocalise_train.training.config import DataConfig


def write(path, wave, rate=RATE, **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, wave, rate, **options)


def test_singers_come_from_folders_named_as_m4singers(tmp_path):
    found = manifest.scan([write_choir(tmp_path)], RATE)
    assert [c.singer for c in found.clips] == ["Alto-1"] * 2 + ["Alto-2"] * 2 + ["Alto-3"] * 2
    assert found.clips[0].name == "Alto-1#Song 0/0000.wav"
    assert found.clips[2].seconds == pytest.approx(1.5, abs=0.01)


def test_singers_come_from_a_table_or_the_topmost_folder(tmp_path):
    write(tmp_path / "a.flac", phrase([200]))
    write(tmp_path / "b.wav", phrase([210]))
    write(tmp_path / "Eve/deep/c.WAV", phrase([220]))
    (tmp_path / "singers.tsv").write_text("file\tsinger\tsong\na.flac\tAda\tx\nz.wav\tZoe\ty\n")
    found = manifest.scan([tmp_path], RATE)
    assert {c.name: c.singer for c in found.clips} == {
        "a.flac": "Ada",
        "b.wav": "unknown",
        "Eve/deep/c.WAV": "Eve",
    }
    assert found.notes == ("singers.tsv names z.wav, which is not there",)


def test_bad_recordings_are_skipped_named_and_counted(tmp_path):
    good = np.rint(phrase([200, 300]) * 32767).astype(np.int16)
    write(tmp_path / "good.wav", good)
    write(tmp_path / "again.flac", good)
    write(tmp_path / "silent.wav", np.zeros(RATE))
    write(tmp_path / "low.wav", phrase([200], rate=16000), 16000)
    write(tmp_path / "empty.wav", np.zeros(0))
    write(tmp_path / "clipped.wav", np.clip(20 * phrase([250]), -1, 1))
    (tmp_path / "damaged.wav").write_bytes(b"RIFF\x00\x00 no sound")
    found = manifest.scan([tmp_path], RATE, clipped_share=0.01)
    assert [c.name for c in found.clips] == ["again.flac"]
    reasons = dict(found.skipped)
    assert len(reasons) == 6
    assert "same sound as again.flac" in reasons["good.wav"]
    assert "is silent" in reasons["silent.wav"]
    assert "16000 Hz, below" in reasons["low.wav"]
    assert "no samples" in reasons["empty.wav"]
    assert "is clipped in" in reasons["clipped.wav"]
    assert "cannot be read" in reasons["damaged.wav"]
    assert "left out: 6" in manifest.report(found)


def test_rates_and_channels_are_mixed(tmp_path):
    wave = phrase([200, 300], 2)
    write(tmp_path / "a.wav", wave)
    stereo = np.stack([phrase([250], 2, rate=44100)] * 2, axis=1)
    write(tmp_path / "b.wav", stereo, 44100)
    kept = []
    found = manifest.scan([tmp_path], RATE, lambda _, recording: kept.append(recording))
    assert found.notes == (
        "recordings of 44100 Hz, which are resampled to 22050 Hz: 1",
        "recordings whose channels are averaged: 1",
    )
    assert [len(k.samples) for k in kept] == [2 * RATE, 2 * RATE]
    # The same note at both rates.
    spectrum = np.abs(np.fft.rfft(kept[1].samples[:RATE]))
    assert spectrum[:1000].argmax() % 250 in (*range(10), *range(240, 250))


def test_an_empty_folder_and_all_silent_data_are_refused(tmp_path):
    with pytest.raises(ValueError, match="no recordings to train on: no WAV or FLAC"):
        manifest.scan([tmp_path], RATE)
    write(tmp_path / "a.wav", np.zeros(RATE))
    with pytest.raises(ValueError, match=r"to train on; 1 left out: a.wav is silent"):
        manifest.scan([tmp_path], RATE)
    with pytest.raises(ValueError, match="no such folder"):
        manifest.scan([tmp_path / "none"], RATE)


def test_the_manifests_hash_is_that_of_names_bytes_singers_and_split(tmp_path):
    found = manifest.scan([write_choir(tmp_path)], RATE)
    again = manifest.scan([tmp_path], RATE)
    assert found.sha256 == again.sha256
    assert manifest.Manifest.from_json(found.to_json()) == found
    assert split.by_singer(found, ("Alto-1",), 0).sha256 != found.sha256
    write(tmp_path / "Alto-1#Song 0/0000.wav", phrase([400]))
    assert manifest.scan([tmp_path], RATE).sha256 != found.sha256


def test_the_split_is_by_singer_and_takes_the_least_sound(tmp_path):
    found = split.by_singer(manifest.scan([write_choir(tmp_path)], RATE), None, 0.02, 1)
    assert {c.singer for c in found.of("validation")} == {"Alto-1"}
    assert {c.singer for c in found.of("train")} == {"Alto-2", "Alto-3"}
    assert "4 recordings, 0.1 minutes, 2 singers: Alto-2#Song 0" in found.training_data()
    assert "Alto-1" not in found.training_data()


def test_one_singer_alone_validates_nothing(tmp_path):
    found = manifest.scan([write_choir(tmp_path, singers=1)], RATE)
    assert not split.by_singer(found, None, 0.1).of("validation")
    with pytest.raises(ValueError, match="nobody is left to train on"):
        split.by_singer(found, ("Alto-1",), 0)
    with pytest.raises(ValueError, match="nobody is called 'Alto-9'; did you mean Alto-1"):
        split.by_singer(found, ("Alto-9",), 0)


def test_overlap_of_training_and_validation_is_refused(tmp_path):
    training = manifest.scan([write_choir(tmp_path / "a")], RATE)
    with pytest.raises(ValueError, match="singers in training and validation: Alto-1, Alto-2"):
        split.with_validation(training, training)
    (tmp_path / "b/Eve").mkdir(parents=True)
    source = tmp_path / "a/Alto-1#Song 0/0000.wav"
    (tmp_path / "b/Eve/x.wav").write_bytes(source.read_bytes())
    other = manifest.scan([tmp_path / "b"], RATE)
    with pytest.raises(
        ValueError, match=r"Eve/x.wav of the validation set has the sound of Alto-1"
    ):
        split.with_validation(training, other)


def sampler(tmp_path, mapped=False, waves=None, **options):
    config = DataConfig(**{"gain_db": 0.0, "quiet_share": 1.0, **options})
    waves = waves or [phrase([200, 250, 300], 1.5), phrase([220], 1.2, seed=5)]
    builder = StoreBuilder(
        batches.edge(NTU, config.speeds),
        batches.longest(NTU, 32, config.speeds),
        tmp_path / "samples.i16",
        0 if mapped else 100,
    )
    clips = []
    for i, wave in enumerate(waves):
        builder.add(np.rint(wave * 32767).astype(np.int16))
        clips.append(manifest.Clip(f"{i}.wav", f"singer {i}", len(wave) / RATE, str(i)))
    return Sampler(builder.build(), tuple(clips), NTU, 32, config, seed=4)


def test_draws_depend_on_seed_step_place_and_life_alone(tmp_path):
    a = sampler(tmp_path, speeds=(1.0, 1.125), gain_db=6.0)
    b = sampler(tmp_path, mapped=True, speeds=(1.0, 1.125), gain_db=6.0)
    assert b.store.mapped
    whole = a.draw(7, 0, 6).padded
    parts = [b.draw(7, 0, 2).padded, b.draw(7, 2, 4).padded]
    torch.testing.assert_close(torch.cat(parts), whole)
    assert not torch.equal(a.draw(8, 0, 6).padded, whole)
    assert not torch.equal(a.draw(7, 0, 6, life=1).padded, whole)


def test_the_mel_of_a_segment_is_a_part_of_the_whole_clips(tmp_path):
    drawn = sampler(tmp_path, speeds=(1.0,))
    whole = drawn.store.clip(0)[None]
    starts = {}
    drawn.shares = np.array([1.0, 0.0])
    for i in range(20):
        batch = to_batch(drawn.draw(i, 0, 1), NTU)
        assert batch.mel.shape == (1, 80, 32)
        assert batch.wave.shape == (1, 32 * 256)
        row = drawn._row(np.random.default_rng([4, 0, i, 0]))
        start = row.offset
        starts[start] = True
        shifted = torch.nn.functional.pad(whole, (0, 256))[:, start % 256 :]
        inner = mel_spectrogram(shifted, NTU)[:, :, start // 256 :][:, :, :32]
        # Frames whose window lies within the clip from the shifted start on.
        torch.testing.assert_close(batch.mel[:, :, 2:30], inner[:, :, 2:30], rtol=1e-3, atol=1e-6)
    assert len(starts) > 10


def test_speed_raises_the_pitch_and_keeps_the_place(tmp_path):
    time = np.arange(3 * RATE) / RATE
    chirp = 0.5 * np.sin(2 * np.pi * (300 * time + 400 * time**2))
    drawn = sampler(tmp_path, waves=[chirp], speeds=(1.25,))
    for start in (0, 10000, 20011):
        row = batches._Row(0, start, Fraction(5, 4), 1.0)
        made = drawn._resampled([row], Fraction(5, 4))[0][NTU.pad : -NTU.pad] / 32768
        at = (start + 1.25 * np.arange(len(made))) / RATE
        expected = 0.5 * np.sin(2 * np.pi * (300 * at + 400 * at**2))
        assert np.abs(made.numpy() - expected)[200:-200].max() < 2e-3


def test_a_clip_shorter_than_a_segment_is_filled_up_with_silence(tmp_path):
    drawn = sampler(tmp_path, waves=[phrase([300], 0.1), phrase([200], 1.0)], speeds=(1.0, 1.25))
    drawn.shares = np.array([1.0, 0.0])
    wave = to_batch(drawn.draw(0, 0, 8), NTU).wave
    assert wave[:, :1000].abs().amax(1).min() > 0.01
    assert wave[:, 2400:].abs().max() < 1e-3


def test_silence_is_drawn_seldom_where_there_is_sound(tmp_path):
    rests = np.concatenate([np.zeros(20 * RATE), phrase([300], 1.0), np.zeros(20 * RATE)])
    loud = sampler(tmp_path, waves=[rests], speeds=(1.0,), quiet_share=0.0)
    waves = torch.cat([loud.draw(i, 0, 10).padded for i in range(3)])
    assert (waves.abs().amax(1) > 0.01).float().mean() > 0.95


@pytest.mark.parametrize(("balance", "share"), [(0.0, 0.5), (1.0, 0.8)])
def test_singers_are_balanced(tmp_path, balance, share):
    waves = [phrase([200], 2.0), phrase([300], 2.0, seed=1), phrase([250], 1.0, seed=2)]
    drawn = sampler(tmp_path, waves=waves, balance=balance)
    config = DataConfig(balance=balance)
    clips = [
        manifest.Clip(str(i), s, n, "") for i, (s, n) in enumerate([("a", 2), ("a", 2), ("b", 1)])
    ]
    shares = Sampler(drawn.store, tuple(clips), NTU, 32, config, 0).shares
    assert shares[:2].sum() == pytest.approx(share)
