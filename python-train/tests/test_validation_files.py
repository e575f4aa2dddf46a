"""What a run leaves for whoever validates it outside of the trainer."""

import json
import shutil
from pathlib import Path

import numpy as np
import soundfile
import torch

from vocalise_train.losses.stft import multi_resolution_stft_loss
from vocalise_train.mel import PRESETS, mel_spectrogram
from vocalise_train.training import snapshots

VALIDATING = ("--set", "report.validate_every=4", "--set", "report.snapshots=true")


def test_clips_are_recordings_with_their_mels(train, tmp_path):
    assert train("a")[0] == 0
    folder = tmp_path / "a/validation"
    listed = json.loads((folder / "clips.json").read_text())
    assert listed["schema"] == 1
    assert [clip["name"] for clip in listed["clips"]] == [
        "Alto-1#Song 0/0000.wav", "Alto-1#Song 1/0000.wav"
    ]  # fmt: skip
    assert {path.name for path in folder.iterdir()} == {"clips.json"} | {
        f"{clip['stem']}{end}" for clip in listed["clips"] for end in (".wav", ".npy")
    }
    for clip in listed["clips"]:
        wave, rate = soundfile.read(folder / f"{clip['stem']}.wav", dtype="float32")
        mel = np.load(folder / f"{clip['stem']}.npy")
        assert rate == 22050
        assert mel.dtype == np.dtype("<f4")
        expected = mel_spectrogram(torch.from_numpy(wave), PRESETS["ntu"]).numpy()
        np.testing.assert_allclose(mel, expected, rtol=1e-5, atol=1e-6)


def test_resuming_keeps_the_clips_and_mends_them(train, tmp_path):
    assert train("a", "--set", "steps=4")[0] == 0
    folder = tmp_path / "a/validation"
    before = {path.name: (path.stat().st_ino, path.read_bytes()) for path in folder.iterdir()}
    assert train("a", new=False)[0] == 0
    assert before == {
        path.name: (path.stat().st_ino, path.read_bytes()) for path in folder.iterdir()
    }
    next(folder.glob("*.npy")).unlink()
    (folder / "left over.wav").write_bytes(b"")
    assert train("a", new=False)[0] == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        name: content for name, (_, content) in before.items()
    }


def test_recordings_of_one_name_have_files_of_their_own(train, tmp_path, choir):
    held = tmp_path / "held"
    for number, name in enumerate(("Bass-1#Song/0000.wav", "Bass-1#Song_0000.wav")):
        target = held / "Bass-1" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(choir / f"Alto-1#Song {number}/0000.wav", target)
    code, err = train(
        "a", "--set", f"data.validation_folders=[{held}]", "--set", "data.validation_singers=[]",
        "--set", "data.exclude=['Alto-1*']",
    )  # fmt: skip
    assert code == 0, err
    listed = json.loads((tmp_path / "a/validation/clips.json").read_text())["clips"]
    assert len({clip["stem"] for clip in listed}) == len(listed) == 2


def test_a_sample_is_scored_as_it_is_written(train, tmp_path, events):
    assert train("a", *VALIDATING, "--set", "report.samples=8")[0] == 0
    run = tmp_path / "a"
    samples = [line for line in events(run) if line["kind"] == "sample"]
    assert [line["step"] for line in samples] == [4, 8, 12]
    for line in samples:
        distances = line["clip_metrics"]
        assert [f"{stem}.wav" for stem in distances] == line["clips"]
        for stem, metrics in distances.items():
            made, real = (
                torch.from_numpy(soundfile.read(folder / f"{stem}.wav")[0])[None]
                for folder in (run / line["folder"], run / "validation")
            )
            expected = float(multi_resolution_stft_loss(made, real))
            assert abs(metrics["m_stft"] - expected) < 2e-6
        mean = np.mean([metrics["m_stft"] for metrics in distances.values()])
        assert abs(line["metrics"]["m_stft"] - mean) < 2e-6


def test_the_oldest_snapshots_go_when_the_disk_allowed_is_full(train, tmp_path, events):
    run = tmp_path / "a"
    run.mkdir()
    (run / "best").write_text('{"step": 4}')
    assert train("a", *VALIDATING, "--set", "report.snapshots_mb=0")[0] == 0
    left = {path.name for path in (run / "snapshots").iterdir()}
    assert {"step-4.onnx", "step-12.onnx"} <= left
    warnings = [line["message"] for line in events(run) if line["kind"] == "warning"]
    trainers_best = min(
        (line for line in events(run) if line["kind"] == "sample"),
        key=lambda line: line["metrics"]["m_stft"],
    )["step"]
    if trainers_best != 8:
        assert any("snapshots of steps [8] were removed" in message for message in warnings)


def test_the_oldest_samples_go_when_the_disk_allowed_is_full(train, tmp_path, events):
    assert train("a", *VALIDATING, "--set", "report.samples_mb=0")[0] == 0
    lines = [line for line in events(tmp_path / "a") if line["kind"] == "sample"]
    best = min(lines, key=lambda line: line["metrics"]["m_stft"])
    left = {path.name for path in (tmp_path / "a" / "samples").iterdir()}
    assert left == {f"step-{best['step']}", "step-12"}


def test_snapshots_within_the_limit_stay(tmp_path: Path):
    for step in (1, 2, 10):
        snapshots.path_of(tmp_path, step).write_bytes(bytes(100))
    (tmp_path / ".step-3.onnx.77").write_bytes(bytes(1000))
    assert snapshots.prune(tmp_path, 300, set()) == []
    assert snapshots.prune(tmp_path, 150, {1, 10}) == [2]
    assert snapshots.prune(tmp_path, 0, {1}) == [10]
    for text in ("", "[]", '{"step": "4"}', '{"step": 7}'):
        (tmp_path / "best").write_text(text)
        assert snapshots.validated_best(tmp_path) == (7 if "7" in text else None)
