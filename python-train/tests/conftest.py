"""Settings of all tests, and what those of training share."""

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from singing import write_choir

from vocalise_train.__main__ import main
from vocalise_train.training import checkpoints

# The tensors are small: more threads cost more than they save, above all on busy cores.
torch.set_num_threads(1)

TINY = """
inherits: small
architecture: magnitude
steps: 12
sizes: {channels: 16, hidden: 32, blocks: 1}
batch_size: 2
segment_frames: 16
threads: 1
data: {validation_singers: [Alto-1]}
report:
  {log_every: 2, validate_every: 0, snapshots: false, tensorboard: false, samples: 1,
   checkpoint_every: 4, checkpoint_seconds: 1000, keep: 2}
"""


@pytest.fixture(scope="session")
def choir(tmp_path_factory) -> Path:
    """A folder of recordings."""
    return write_choir(tmp_path_factory.mktemp("choir"))


@pytest.fixture(scope="session")
def preset(tmp_path_factory) -> Path:
    """A preset that trains in a second."""
    path = tmp_path_factory.mktemp("preset") / "tiny.yaml"
    path.write_text(TINY)
    return path


@pytest.fixture
def train(choir, preset, tmp_path, capsys):
    """Runs ``train``: a new run of the tiny preset, or one to resume; returns code and stderr."""

    def call(run: str, *arguments: str, new: bool = True) -> tuple[int, str]:
        start = ["--preset", str(preset), "--data", str(choir)] if new else ["--resume"]
        code = main(["train", "--run", str(tmp_path / run), *start, *arguments])
        return code, capsys.readouterr().err

    return call


@pytest.fixture
def events():
    """Reads the events of a run."""

    def read(run: Path) -> list[dict]:
        return [json.loads(line) for line in (run / "events.jsonl").read_text().splitlines()]

    return read


@pytest.fixture
def weights():
    """Reads everything that a run carries on at a step."""

    def read(run: Path, step: int) -> dict[str, torch.Tensor]:
        tensors = load_file(checkpoints.path_of(run / "checkpoints", step) / checkpoints.STATE)
        # Cloned: the file is mapped, and some tests damage it.
        return {key: value.clone() for key, value in tensors.items()}

    return read


@pytest.fixture
def assert_equal():
    """Asserts that two such are equal bit for bit."""

    def check(a: dict[str, torch.Tensor], b: dict[str, torch.Tensor]) -> None:
        assert a.keys() == b.keys()
        assert [key for key in a if not torch.equal(a[key], b[key])] == []

    return check
