"""Runs from start to end on a synthetic choir: files, events, resuming, refusals."""

import json
import shutil
import signal
import subprocess
import sys
import threading

import pytest
import torch
import yaml
from safetensors import SafetensorError
from singing import write_choir

from vocalise_train import checkpoint
from vocalise_train.__main__ import main
from vocalise_train.training import checkpoints
from vocalise_train.training.run_directory import Events, RunDirectory


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


def test_a_run_that_was_stopped_goes_on_to_the_same_weights(
    train, tmp_path, monkeypatch, events, weights, assert_equal
):
    assert train("whole")[0] == 0
    stop_at(monkeypatch, 7)
    code, _ = train("parts")
    assert code == 143
    stopped = events(tmp_path / "parts")[-1]
    assert (stopped["kind"], stopped["reason"], stopped["exit_code"]) == ("stop", "SIGTERM", 143)
    assert checkpoints.steps(tmp_path / "parts/checkpoints")[-1] == 7
    assert train("parts", new=False)[0] == 0
    start = [e for e in events(tmp_path / "parts") if e["kind"] == "start"]
    assert [e.get("resumed_from") for e in start] == [None, 7]
    assert_equal(weights(tmp_path / "whole", 12), weights(tmp_path / "parts", 12))


def stop_at(monkeypatch, step: int) -> None:
    """SIGTERM while the given step is made, once."""
    from vocalise_train.training.stepper import Stepper

    original = Stepper.step

    def stopped(self):
        if self.state.step == step - 1:
            monkeypatch.undo()
            signal.raise_signal(signal.SIGTERM)
        return original(self)

    monkeypatch.setattr(Stepper, "step", stopped)


def test_a_run_that_exists_is_not_overwritten(train, tmp_path):
    assert train("a", "--set", "steps=1")[0] == 0
    code, err = train("a")
    assert code == 4
    assert "holds a run; --resume goes on with it" in err


def test_a_run_that_does_not_exist_needs_a_preset_and_data(train):
    code, err = train("none", new=False)
    assert code == 4
    assert "holds no run; --preset and --data start one" in err


def test_changed_settings_are_refused_with_their_differences(train, tmp_path):
    assert train("a", "--set", "steps=2")[0] == 0
    code, err = train("a", "--set", "batch_size=3", "--set", "report.keep=5", new=False)
    assert code == 4
    assert "started with other settings:\n  batch_size: 2 -> 3\n" in err
    assert train("a", "--set", "report.keep=5", new=False)[0] == 0


def test_changed_recordings_are_refused_with_their_names(train, tmp_path):
    assert train("a", "--set", "steps=2")[0] == 0
    other = write_choir(tmp_path / "other", songs=3)
    code, err = train("a", "--data", str(other), new=False)
    assert code == 4
    assert "other recordings:\n  Alto-1#Song 2/0000.wav is new\n" in err


def test_recordings_may_move(train, choir, tmp_path):
    assert train("a", "--set", "steps=4")[0] == 0
    moved = tmp_path / "moved"
    moved.symlink_to(choir)
    assert train("a", "--data", str(moved), new=False)[0] == 0


def test_a_damaged_checkpoint_falls_back_to_the_one_before(
    train, tmp_path, events, weights, assert_equal
):
    assert train("a", "--set", "steps=8")[0] == 0
    expected = weights(tmp_path / "a", 8)
    newest = checkpoints.path_of(tmp_path / "a/checkpoints", 8) / checkpoints.STATE
    content = bytearray(newest.read_bytes())
    content[len(content) // 2] ^= 1
    newest.write_bytes(content)
    code, err = train("a", new=False)
    assert code == 0
    assert "step-00000008/state.safetensors is damaged" in err
    last = [e for e in events(tmp_path / "a") if e["kind"] == "start"][-1]
    assert last["resumed_from"] == 4
    assert any("is damaged" in e.get("message", "") for e in events(tmp_path / "a"))
    assert_equal(weights(tmp_path / "a", 8), expected)


@pytest.mark.parametrize("fault", ["missing", "torn json", "empty"])
def test_every_damage_of_a_checkpoint_is_found(train, tmp_path, fault):
    assert train("a", "--set", "steps=8")[0] == 0
    folder = checkpoints.path_of(tmp_path / "a/checkpoints", 8)
    if fault == "missing":
        (folder / checkpoints.GENERATOR).unlink()
    elif fault == "torn json":
        (folder / checkpoints.NUMBERS).write_text('{"step": 8, "sha')
    else:
        (folder / checkpoints.STATE).write_bytes(b"")
    saved, faults = checkpoints.newest(tmp_path / "a/checkpoints")
    assert saved.step == 4
    assert "step-00000008" in faults[0]


def test_another_torch_version_is_warned_of(train, tmp_path):
    assert train("a", "--set", "steps=2")[0] == 0
    path = checkpoints.path_of(tmp_path / "a/checkpoints", 2) / checkpoints.NUMBERS
    numbers = json.loads(path.read_text())
    path.write_text(json.dumps(numbers | {"torch": "1.0.0"}))
    code, err = train("a", new=False)
    assert code == 0
    assert "written by PyTorch 1.0.0, this is" in err


def test_the_last_checkpoints_and_the_best_are_kept(train, tmp_path):
    train("a", "--set", "report.validate_every=2", "--set", "steps=12")
    kept = checkpoints.steps(tmp_path / "a/checkpoints")
    best = checkpoints.read(checkpoints.path_of(tmp_path / "a/checkpoints", 12)).numbers["best"]
    assert kept[-2:] == [10, 12]
    assert best["step"] in kept
    assert len(kept) <= 3


def test_a_full_disk_costs_a_checkpoint_and_not_the_run(train, tmp_path, monkeypatch, events):
    original = checkpoints.save_file

    def full(tensors, path):
        if "step-00000004" in str(path):
            path.write_bytes(b"half")
            # As safetensors says it.
            raise SafetensorError("I/O error: No space left on device (os error 28)")
        original(tensors, path)

    monkeypatch.setattr(checkpoints, "save_file", full)
    assert train("a")[0] == 0
    warnings = [e["message"] for e in events(tmp_path / "a") if e["kind"] == "warning"]
    assert "no checkpoint at step 4" in warnings[0]
    assert "No space left" in warnings[0]
    assert checkpoints.steps(tmp_path / "a/checkpoints") == [8, 12]
    assert not list((tmp_path / "a/checkpoints").glob(".*"))


def test_a_disk_that_stays_full_fails_the_run_and_keeps_what_is_there(
    train, tmp_path, monkeypatch, events
):
    def full(tensors, path):
        raise OSError(28, "No space left on device")

    assert train("a", "--set", "steps=4")[0] == 0
    monkeypatch.setattr(checkpoints, "_save_tensors", full)
    code, err = train("b", "--set", "steps=4")
    assert code == 1
    assert "No space left" in err
    assert events(tmp_path / "b")[-1]["reason"] == "failed"


def test_events_wait_for_space_and_none_is_lost(tmp_path, monkeypatch):
    import os

    path = tmp_path / "events.jsonl"
    path.write_bytes(b'{"kind": "start"}\n{"torn')
    log = Events(path)
    original = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: original(fd, data[:5]))
    log.write(1, "train")
    monkeypatch.setattr(os, "write", lambda fd, data: (_ for _ in ()).throw(OSError(28, "full")))
    log.write(2, "train")
    monkeypatch.undo()
    log.write(3, "train")
    lines = path.read_text().splitlines()
    assert lines[:2] == ['{"kind": "start"}', '{"torn']
    assert [json.loads(line)["step"] for line in lines[2:]] == [1, 2, 3]


def test_the_same_run_started_twice_is_refused(train, tmp_path):
    with RunDirectory(tmp_path / "a"):
        code, err = train("a")
    assert code == 4
    assert "trains there already" in err
    assert "process" in err


def test_a_run_folder_that_cannot_be_written_is_refused(train, tmp_path):
    (tmp_path / "file").write_text("")
    code, err = train("file/a")
    assert code == 4
    assert "no run can be written there" in err


def test_one_singer_trains_with_a_warning(preset, tmp_path, capsys, events):
    choir = write_choir(tmp_path / "one", singers=1)
    run = tmp_path / "a"
    arguments = ["train", "--preset", str(preset), "--data", str(choir), "--run", str(run)]
    code = main([*arguments, "--set", "data.validation_singers=", "--set", "steps=2"])
    assert code == 0
    assert "nobody validates" in capsys.readouterr().err
    assert any(e["kind"] == "warning" for e in events(run))


def test_losses_that_are_not_finite_roll_the_run_back(
    train, tmp_path, monkeypatch, events, weights
):
    poison(monkeypatch, {6, 7})
    assert train("a", "--set", "guard.patience=2")[0] == 0
    lines = events(tmp_path / "a")
    warnings = [e["message"] for e in lines if e["kind"] == "warning"]
    assert "step 6 was skipped: its gradient is not finite" in warnings[0]
    assert "rolled back to step 4; the learning rate is now 0.5 of its schedule" in warnings[-1]
    assert weights(tmp_path / "a", 12)["generator/head.weight"].isfinite().all()


def test_a_run_that_diverges_again_and_again_fails(train, tmp_path, monkeypatch, events):
    poison(monkeypatch, set(range(6, 100)))
    code, err = train("a", "--set", "guard.patience=2", "--set", "guard.rollbacks=2")
    assert code == 1
    assert "after 2 roll-backs" in err
    assert events(tmp_path / "a")[-1]["exit_code"] == 1


def poison(monkeypatch, steps: set[int]) -> None:
    """Makes the losses of some steps infinite, each once where ``steps`` is short."""
    from vocalise_train.training.objective import Objective

    original = Objective.total
    count = iter(range(1, 10_000))

    def total(self, losses):
        value = original(self, losses)
        return value * float("inf") if next(count) in steps else value

    monkeypatch.setattr(Objective, "total", total)


def test_a_real_process_takes_sigterm(choir, preset, tmp_path, events):
    run = tmp_path / "a"
    command = [sys.executable, "-m", "vocalise_train", "train", "--preset", str(preset)]
    command += ["--data", str(choir), "--run", str(run), "--set", "steps=1000000"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        timer = threading.Timer(120, process.kill)
        timer.start()
        while process.poll() is None and not checkpoints.steps(run / "checkpoints"):
            pass
        process.terminate()
        assert process.wait() == 143, process.stderr.read()
        timer.cancel()
    assert events(run)[-1]["reason"] == "SIGTERM"
    assert checkpoints.steps(run / "checkpoints")[-1] == events(run)[-1]["step"]


def test_the_best_value_survives_a_resume(train, tmp_path, events):
    assert train("a", "--set", "report.validate_every=2", "--set", "steps=6")[0] == 0
    folder = tmp_path / "a/checkpoints"
    path = checkpoints.path_of(folder, 6) / checkpoints.NUMBERS
    numbers = json.loads(path.read_text())
    path.write_text(json.dumps(numbers | {"best": {"value": -1.0, "step": 4}}))
    assert train("a", new=False)[0] == 0
    assert checkpoints.newest(folder)[0].numbers["best"] == {"value": -1.0, "step": 4}


def test_checkpoints_of_any_number_of_digits_are_found(tmp_path):
    for step in (5, 99_999_999, 1_234_567_890):
        checkpoints.path_of(tmp_path, step).mkdir()
    (tmp_path / "step-x").mkdir()
    (tmp_path / ".step-00000007").mkdir()
    assert checkpoints.steps(tmp_path) == [5, 99_999_999, 1_234_567_890]


def test_a_run_killed_before_its_first_checkpoint_starts_again(
    train, tmp_path, events, weights, assert_equal
):
    assert train("a", "--set", "steps=4")[0] == 0
    expected = weights(tmp_path / "a", 4)
    shutil.rmtree(tmp_path / "a/checkpoints")
    assert train("a", new=False)[0] == 0
    assert_equal(weights(tmp_path / "a", 4), expected)
    starts = [e for e in events(tmp_path / "a") if e["kind"] == "start"]
    assert [e.get("resumed_from") for e in starts] == [None, 0]


def test_a_validation_that_fails_costs_no_training(train, tmp_path, events, monkeypatch):
    from vocalise_train.training import validation

    monkeypatch.setattr(validation, "validate", failing)
    assert train("a", "--set", "report.validate_every=6")[0] == 0
    lines = events(tmp_path / "a")
    assert any("validation at step 6 is incomplete: memory" in e.get("message", "") for e in lines)
    assert lines[-1]["reason"] == "finished"


def failing(*_):
    raise RuntimeError("memory")
