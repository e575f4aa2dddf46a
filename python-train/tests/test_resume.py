"""Runs that were stopped and go on: the same weights, or what is refused."""

import json
import shutil
import signal
import subprocess
import sys
import threading

from singing import write_choir

from vocalise_train.training import checkpoints


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


def test_the_best_value_survives_a_resume(train, tmp_path, events):
    assert train("a", "--set", "report.validate_every=2", "--set", "steps=6")[0] == 0
    folder = tmp_path / "a/checkpoints"
    path = checkpoints.path_of(folder, 6) / checkpoints.NUMBERS
    numbers = json.loads(path.read_text())
    path.write_text(json.dumps(numbers | {"best": {"value": -1.0, "step": 4}}))
    assert train("a", new=False)[0] == 0
    assert checkpoints.newest(folder)[0].numbers["best"] == {"value": -1.0, "step": 4}


def test_another_torch_version_is_warned_of(train, tmp_path):
    assert train("a", "--set", "steps=2")[0] == 0
    path = checkpoints.path_of(tmp_path / "a/checkpoints", 2) / checkpoints.NUMBERS
    numbers = json.loads(path.read_text())
    path.write_text(json.dumps(numbers | {"torch": "1.0.0"}))
    code, err = train("a", new=False)
    assert code == 0
    assert "written by PyTorch 1.0.0, this is" in err


def test_changed_settings_are_refused_with_their_differences(train, tmp_path):
    assert train("a", "--set", "steps=2")[0] == 0
    code, err = train("a", "--set", "batch_size=3", "--set", "report.keep=5", new=False)
    assert code == 4
    assert "other settings; leave these out, or start a new run: batch_size: 2 -> 3\n" in err
    assert train("a", "--set", "report.keep=5", new=False)[0] == 0


def test_changed_recordings_are_refused_with_their_names(train, tmp_path):
    assert train("a", "--set", "steps=2")[0] == 0
    other = write_choir(tmp_path / "other", songs=3)
    code, err = train("a", "--data", str(other), new=False)
    assert code == 4
    assert (
        "other recordings; restore them, or start a new run: Alto-1#Song 2/0000.wav is new\n" in err
    )


def test_recordings_may_move(train, choir, tmp_path):
    assert train("a", "--set", "steps=4")[0] == 0
    moved = tmp_path / "moved"
    moved.symlink_to(choir)
    assert train("a", "--data", str(moved), new=False)[0] == 0


def test_a_run_that_exists_is_not_overwritten(train, tmp_path):
    assert train("a", "--set", "steps=1")[0] == 0
    code, err = train("a")
    assert code == 4
    assert "holds a run; --resume goes on with it" in err


def test_a_run_that_does_not_exist_needs_a_preset_and_data(train):
    code, err = train("none", new=False)
    assert code == 4
    assert "holds no run; --preset and --data start one" in err
