"""Runs from start to end on a synthetic choir: files, events, weights."""

import json

import torch
import yaml
from singing import write_choir

from vocalise_train import checkpoint
from vocalise_train.__main__ import main
from vocalise_train.training import checkpoints


def test_a_run_leaves_what_the_run_directory_promises(train, tmp_path, events):
    code, err = train(
        "a", "--set", "report.validate_every=6", "--set", "report.snapshots=true",
        "--set", "report.tensorboard=true", "--set", "data.licences=CC0 1.0",
    )  # fmt: skip
    assert code == 0
    assert "train: 4 recordings" in err
    run = tmp_path / "a"
    lines = events(run)
    kinds = [line["kind"] for line in lines]
    assert kinds[0] == "start"
    assert kinds[-1] == "stop"
    assert set(kinds) == {"start", "train", "checkpoint", "sample", "stop"}
    assert all(line["time"].endswith("Z") and isinstance(line["step"], int) for line in lines)
    assert [line["step"] for line in lines if line["kind"] == "train"] == [1, 2, 4, 6, 8, 10, 12]
    assert lines[-1]["reason"] == "finished"
    trained = [line for line in lines if line["kind"] == "train"][-1]
    assert trained["losses"].keys() == {
        "log_magnitude", "magnitude", "convergence", "log_mel", "total"
    }  # fmt: skip
    for key in ("steps_per_second", "audio_seconds_per_second", "eta_seconds", "memory_mb"):
        assert trained[key] >= 0
    sample = next(line for line in lines if line["kind"] == "sample")
    assert sample["metrics"]["m_stft"] > 0
    assert (run / sample["folder"] / sample["clips"][0]).stat().st_size > 10_000
    assert (run / sample["folder"] / sample["clips"][0]).with_suffix(".png").exists()
    assert (run / sample["snapshot"]).stat().st_size > 10_000
    assert list((run / "tensorboard").iterdir())
    assert yaml.safe_load((run / "config.yaml").read_text())["steps"] == 12
    saved = [line["path"] for line in lines if line["kind"] == "checkpoint"]
    assert saved[-1] == "checkpoints/step-00000012"
    made = checkpoint.load(run / saved[-1] / checkpoints.GENERATOR)
    manifest = json.loads((run / "manifest.json").read_text())
    assert made.description.steps == 12
    assert f"manifest sha256 {manifest['sha256']}; 4 recordings" in made.description.training_data
    assert made.description.licences == "CC0 1.0"
    assert not list(run.rglob(".step-*"))


def test_a_run_folder_exports_its_best_checkpoint(train, tmp_path):
    assert train("a", "--set", "report.validate_every=6")[0] == 0
    assert main(["export", str(tmp_path / "a"), "-o", str(tmp_path / "a.onnx")]) == 0
    import onnx

    entries = {e.key: e.value for e in onnx.load(tmp_path / "a.onnx").metadata_props}
    assert "Alto-2#Song 0/0000.wav" in entries["vocalise.training_data"]
    assert entries["vocalise.steps"] in ("6", "12")


def test_the_same_seed_makes_the_same_weights_and_another_one_others(
    train, tmp_path, weights, assert_equal
):
    for run, seed in (("a", 1), ("b", 1), ("c", 2)):
        assert train(run, "--set", f"seed={seed}", "--set", "steps=4")[0] == 0
    assert_equal(weights(tmp_path / "a", 4), weights(tmp_path / "b", 4))
    a, c = weights(tmp_path / "a", 4), weights(tmp_path / "c", 4)
    assert not torch.equal(a["generator/head.weight"], c["generator/head.weight"])


def test_the_last_checkpoints_and_the_best_are_kept(train, tmp_path):
    train("a", "--set", "report.validate_every=2", "--set", "steps=12")
    kept = checkpoints.steps(tmp_path / "a/checkpoints")
    best = checkpoints.read(checkpoints.path_of(tmp_path / "a/checkpoints", 12)).numbers["best"]
    assert kept[-2:] == [10, 12]
    assert best["step"] in kept
    assert len(kept) <= 3


def test_one_singer_trains_with_a_warning(preset, tmp_path, capsys, events):
    choir = write_choir(tmp_path / "one", singers=1)
    run = tmp_path / "a"
    arguments = ["train", "--preset", str(preset), "--data", str(choir), "--run", str(run)]
    code = main([*arguments, "--set", "data.validation_singers=", "--set", "steps=2"])
    assert code == 0
    assert "nobody validates" in capsys.readouterr().err
    assert any(e["kind"] == "warning" for e in events(run))


def test_checkpoints_of_any_number_of_digits_are_found(tmp_path):
    for step in (5, 99_999_999, 1_234_567_890):
        checkpoints.path_of(tmp_path, step).mkdir()
    (tmp_path / "step-x").mkdir()
    (tmp_path / ".step-00000007").mkdir()
    assert checkpoints.steps(tmp_path) == [5, 99_999_999, 1_234_567_890]
