"""What a training run says of its validation: docs/training.tsv, and from it a picture."""

import json
from datetime import datetime
from pathlib import Path

HEAD = "run\tstep\thours\tm_stft"


def curve(run: Path) -> list[tuple[int, float, float]]:
    """Step, hours since the start, and M-STFT of each validation of a run.

    Hours are those in which the trainer lived: pauses between its lives do not count, and what
    a later life undid does.
    """
    points, lived, last = {}, 0.0, None
    for line in (run / "events.jsonl").read_text().splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue  # a last line that a crash has torn
        time = datetime.fromisoformat(event["time"])
        if event["kind"] == "start":
            last = None
            points = {s: p for s, p in points.items() if s <= event.get("step", 0)}
        if last is not None:
            lived += (time - last).total_seconds() / 3600
        last = time
        if event["kind"] == "sample":
            points[event["step"]] = (lived, event["metrics"]["m_stft"])
    return [(step, hours, score) for step, (hours, score) in sorted(points.items())]


def update(table: Path, runs: list[str]) -> None:
    """Replaces the lines of runs, NAME=FOLDER, in a table."""
    curves = read(table)
    for given in runs:
        name, _, folder = given.rpartition("=")
        curves[name or Path(folder).name] = curve(Path(folder))
    lines = [
        f"{name}\t{step}\t{hours:.4f}\t{score:.6f}"
        for name, points in curves.items()
        for step, hours, score in points
    ]
    table.write_text("\n".join([HEAD, *lines]) + "\n")


def read(table: Path) -> dict[str, list[tuple[int, float, float]]]:
    curves: dict[str, list[tuple[int, float, float]]] = {}
    if table.exists():
        for line in table.read_text().splitlines()[1:]:
            name, step, hours, score = line.split("\t")
            curves.setdefault(name, []).append((int(step), float(hours), float(score)))
    return curves


def hours(curves: dict[str, list[tuple[int, float, float]]], name: str, steps: int) -> float | None:
    """Hours that a run had taken at the first validation at or after a step."""
    return next((h for step, h, _ in curves.get(name, []) if step >= steps), None)
