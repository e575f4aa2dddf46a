"""Exported models that wait for their validation, and how much disk they may take."""

import json
import re
from pathlib import Path

_NAME = re.compile(r"step-(\d+)\.onnx")


def path_of(folder: Path, step: int) -> Path:
    return folder / f"step-{step}.onnx"


def prune(folder: Path, most_bytes: int, spared: set[int]) -> list[int]:
    """Removes the oldest until all together fit; returns the steps of those removed.

    Whoever validates removes what is done with; this is for runs that nobody validates.

    Args:
        folder: of the snapshots.
        most_bytes: of disk.
        spared: steps whose snapshots stay in any case.
    """
    found = sorted((int(m[1]), p) for p in folder.iterdir() if (m := _NAME.fullmatch(p.name)))
    size = sum(path.stat().st_size for _, path in found)
    removed = []
    for step, path in found:
        if size > most_bytes and step not in spared:
            size -= path.stat().st_size
            path.unlink()
            removed.append(step)
    return removed


def validated_best(run: Path) -> int | None:
    """The step that validation outside of the trainer found best; None if there was none."""
    try:
        step = json.loads((run / "best").read_text(encoding="utf-8"))["step"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return step if isinstance(step, int) else None
