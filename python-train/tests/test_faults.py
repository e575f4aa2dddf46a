"""What goes wrong while a run trains: damaged files, disks, numbers, and a second trainer."""

import json

import pytest
from safetensors import SafetensorError

from vocalise_train.training import checkpoints, run_directory
from vocalise_train.training.run_directory import Events, RunDirectory


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


def test_a_disk_that_takes_no_board_costs_the_board_alone(train, tmp_path, monkeypatch, events):
    from torch.utils.tensorboard import SummaryWriter

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(SummaryWriter, "add_scalar", full)
    monkeypatch.setattr(SummaryWriter, "add_audio", full)
    monkeypatch.setattr(SummaryWriter, "close", full)
    board = ["--set", "report.tensorboard=true", "--set", "report.validate_every=6"]
    assert train("a", *board)[0] == 0
    assert events(tmp_path / "a")[-1]["reason"] == "finished"


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
    assert "trains there already; end it first" in err
    assert "process" in err


def test_a_run_folder_that_cannot_be_written_is_refused(train, tmp_path):
    (tmp_path / "file").write_text("")
    code, err = train("file/a")
    assert code == 4
    assert "no run can be written there: Not a directory; let the user" in err


def test_a_run_folder_that_became_read_only_is_refused(train, tmp_path, monkeypatch):
    assert train("a", "--set", "steps=2")[0] == 0
    # Modes don't bind root.
    monkeypatch.setattr(run_directory.os, "access", lambda path, mode: path != tmp_path / "a")
    code, err = train("a", new=False)
    assert code == 4
    assert "no run can be written there: it takes no new files" in err


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


def test_a_log_that_takes_no_warning_costs_no_training(train, tmp_path, monkeypatch, events):
    from vocalise_train.training import loop

    def full(*_, **__):
        raise OSError(30, "Read-only file system")

    poison(monkeypatch, {6})
    monkeypatch.setattr(loop, "print", full, raising=False)
    assert train("a")[0] == 0
    assert any("step 6 was skipped" in e.get("message", "") for e in events(tmp_path / "a"))


def test_a_validation_that_fails_costs_no_training(train, tmp_path, events, monkeypatch):
    from vocalise_train.training import validation

    monkeypatch.setattr(validation, "validate", failing)
    assert train("a", "--set", "report.validate_every=6")[0] == 0
    lines = events(tmp_path / "a")
    assert any("validation at step 6 is incomplete: memory" in e.get("message", "") for e in lines)
    assert lines[-1]["reason"] == "finished"


def failing(*_):
    raise RuntimeError("memory")
