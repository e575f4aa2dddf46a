"""Checkpoints of runs: folders that appear whole, checked by hash, without pickles.

``step-N/generator.safetensors`` is what ``export`` reads (averaged weights), ``state.safetensors``
everything to go on from, ``state.json`` its numbers and the hashes of both.
"""

import hashlib
import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from vocalise_train.checkpoint import Checkpoint

GENERATOR, STATE, NUMBERS = "generator.safetensors", "state.safetensors", "state.json"
_NAME = re.compile(r"step-(\d+)")


@dataclass(frozen=True)
class Saved:
    """A checkpoint that was read: tensors, numbers and the torch version that wrote it."""

    step: int
    tensors: dict[str, Tensor]
    numbers: dict[str, Any]
    torch_version: str
    manifest_sha256: str


def write(
    folder: Path,
    generator: Checkpoint,
    tensors: dict[str, Tensor],
    numbers: dict[str, Any],
    manifest_sha256: str,
) -> Path:
    """Writes ``folder/step-N``; until it is whole it has a hidden name.

    Raises:
        OSError: the disk is full, for instance; nothing is left behind.
    """
    step = numbers["step"]
    final = folder / f"step-{step:08d}"
    partial = folder / f".{final.name}"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir()
        generator.save(partial / GENERATOR)
        _save_tensors(tensors, partial / STATE)
        content = {
            **numbers,
            "torch": torch.__version__,
            "manifest_sha256": manifest_sha256,
            "sha256": {name: _sha256(partial / name) for name in (GENERATOR, STATE)},
        }
        _write_through(partial / NUMBERS, json.dumps(content, indent=1) + "\n")
        if final.exists():
            # Of an earlier life of the run: the same step again.
            shutil.rmtree(final)
        partial.rename(final)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return final


def read(path: Path) -> Saved:
    """Reads a checkpoint folder whole.

    Raises:
        ValueError: a file is missing or damaged; the message names it.
    """
    try:
        numbers = json.loads((path / NUMBERS).read_text(encoding="utf-8"))
        for name, expected in numbers["sha256"].items():
            if _sha256(path / name) != expected:
                raise ValueError(f"{path / name} is damaged: its SHA-256 is not that of {NUMBERS}")
        tensors = load_file(path / STATE)
        return Saved(
            numbers["step"], tensors, numbers, numbers["torch"], numbers["manifest_sha256"]
        )
    except (OSError, SafetensorError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} is damaged: {error}") from error


def newest(folder: Path) -> tuple[Saved | None, list[str]]:
    """The newest checkpoint that is whole, and what is wrong with newer ones."""
    faults = []
    for step in sorted(steps(folder), reverse=True):
        try:
            return read(path_of(folder, step)), faults
        except ValueError as error:
            faults.append(str(error))
    return None, faults


def steps(folder: Path) -> list[int]:
    """Steps of all checkpoints in a folder."""
    if not folder.is_dir():
        return []
    return sorted(int(m[1]) for p in folder.iterdir() if (m := _NAME.fullmatch(p.name)))


def path_of(folder: Path, step: int) -> Path:
    return folder / f"step-{step:08d}"


def generator_of(run: Path) -> Path:
    """The file to export of a run's folder: that of its best checkpoint, else of the newest.

    Raises:
        ValueError: the run has no checkpoint that is whole.
    """
    folder = run / "checkpoints"
    for step in reversed(steps(folder)):
        try:
            numbers = json.loads((path_of(folder, step) / NUMBERS).read_text(encoding="utf-8"))
            best = path_of(folder, numbers["best"]["step"] or step)
            return (best if best.exists() else path_of(folder, step)) / GENERATOR
        except (OSError, KeyError, TypeError, json.JSONDecodeError):
            continue
    raise ValueError(f"{run}: no checkpoint to export in it")


def prune(folder: Path, keep: int, best: int | None) -> None:
    """Removes all but the newest ``keep`` and the best, and what a killed process left half."""
    for step in steps(folder)[:-keep]:
        if step != best:
            path = path_of(folder, step)
            # Renamed first: a half-removed one is never taken for whole.
            doomed = path.with_name(f".{path.name}.old")
            shutil.rmtree(doomed, ignore_errors=True)
            path.rename(doomed)
    for left in folder.glob(".step-*"):
        shutil.rmtree(left, ignore_errors=True)


def _save_tensors(tensors: dict[str, Tensor], path: Path) -> None:
    try:
        save_file(tensors, path)
    except SafetensorError as error:
        # What it makes of a full disk.
        raise OSError(f"{path}: {error}") from error
    # safetensors makes files that no other user may read.
    path.chmod(0o644)
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _write_through(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
