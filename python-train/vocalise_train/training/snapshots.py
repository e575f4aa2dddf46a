"""What validations leave, models and samples, and how much disk they may take."""

import json
import re
import shutil
from pathlib import Path

_NAME = re.compile(r"step-(\d+)(\.onnx)?")


def path_of(folder: Path, step: int) -> Path:
    return folder / f"step-{step}.onnx"


def prune(folder: Path, most_bytes: int, spared: set[int]) -> list[int]:
    """Removes the oldest until all together fit; returns the steps of those removed.

    Args:
        folder: of snapshots, or of folders of samples.
        most_bytes: of disk.
        spared: steps that stay in any case.
    """
    found = sorted((int(m[1]), p) for p in folder.iterdir() if (m := _NAME.fullmatch(p.name)))
    sizes = [_size(path) for _, path in found]
    total = sum(sizes)
    removed = []
    for (step, path), size in zip(found, sizes, strict=True):
        if total > most_bytes and step not in spared:
            total -= size
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
            removed.append(step)
    return removed


def _size(path: Path) -> int:
    files = path.iterdir() if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files)


def validated_best(run: Path) -> int | None:
    """The step that validation outside of the trainer found best; None if there was none."""
    try:
        step = json.loads((run / "best").read_text(encoding="utf-8"))["step"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return step if isinstance(step, int) else None
