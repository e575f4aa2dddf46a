#!/usr/bin/env python3
r"""The tables and plots of docs/results.md: quality, pitch and cost.

Systems are the recordings themselves, true magnitudes with the phases of 32 fast Griffin-Lim
iterations, Griffin-Lim from the mel, and the ONNX vocoders given. CREPE tiny and EfficientAT mn04
must have been added (`vocalise models add`).

  python-train/.venv/bin/python -m pip install pesq==0.0.4 matplotlib==3.10.7
  python-train/.venv/bin/python scripts/results.py --data ../shared/data --half report \
      --models onnx/*.onnx NAME=FILE.onnx --runs NAME=RUN --write docs/results.md

--write puts the tables into the page, and beside it results.tsv, training.tsv and the plots of
these, results.svg and training.svg. Without --data only the plots are drawn anew.
"""

import argparse
import json
import os
import tempfile
from pathlib import Path

import numpy as np
import onnx
import pesq
import soundfile
import torch
import torchaudio

from measuring import plots, tables, training
from measuring.command import ROOT, vocalise
from measuring.recordings import files
from measuring.systems import RATE, System, listed, make, read, write

BEGIN, END = "<!-- made by scripts/results.py -->", "<!-- end -->"


def clips_of(data: Path, half: str) -> dict[str, np.ndarray]:
    """The clips of a half of the validation recordings, by name."""
    return {path.stem: soundfile.read(path, dtype="float32")[0] for path in files(data, half)}


def wideband(reference: np.ndarray, made: np.ndarray) -> float:
    size = min(len(reference), len(made))
    at_16k = [
        torchaudio.functional.resample(torch.from_numpy(x[:size]), RATE, 16000).numpy()
        for x in (reference, made)
    ]
    return pesq.pesq(16000, *at_16k, "wb")


def score(systems: list[System], references: Path, work: Path) -> None:
    """Fills in the systems' scores."""
    folder = work / "scores"
    vocalise(
        *("score", "--reference", references, "-o", folder, "--no-report", "--overwrite"),
        *("--tracker", "crepe-tiny", "--embedding", "efficientat-mn04"),
        *(x for s in systems for x in ("--synth", s.folder)),
    )
    found = {s["name"]: s for s in json.loads((folder / "scores.json").read_text())["systems"]}
    for system in systems:
        system.scores = found[system.folder.name]


def taken(systems: list[System], curves: dict) -> dict[str, tuple[int, float | None]]:
    """Steps of each model, and the hours that its run took for them."""
    found = {}
    for system in systems:
        if system.model is not None:
            metadata = {p.key: p.value for p in onnx.load(system.model).metadata_props}
            steps = metadata.get("vocalise.steps", "")
            if steps.isdigit():
                name = system.name.strip("`")
                found[name] = (int(steps), training.hours(curves, name, int(steps)))
    return found


def command(half: str, models: list[str]) -> str:
    """The call as the page names it: files outside the repository without their folders."""
    words = []
    for given in models:
        name, equals, file = given.rpartition("=")
        inside = Path(file).resolve().is_relative_to(ROOT)
        words.append(name + equals + (os.path.relpath(file, ROOT) if inside else Path(file).name))
    return f"scripts/results.py --data ../shared/data --half {half} --models {' '.join(words)}"


def draw(docs: Path) -> None:
    plots.quality_and_speed(docs / "results.tsv", docs / "results.svg")
    plots.validation(docs / "training.tsv", docs / "training.svg")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder with validation/")
    parser.add_argument("--half", choices=["select", "report"], default="select")
    parser.add_argument("--models", nargs="*", default=[], help="ONNX vocoders: FILE or NAME=FILE")
    parser.add_argument("--runs", nargs="*", default=[], help="training runs: NAME=FOLDER")
    parser.add_argument(
        "--work", type=Path, help="folder to keep wav files in: what is there is not made again"
    )
    parser.add_argument("--write", type=Path, help="page whose marked part becomes the tables")
    options = parser.parse_args()

    docs = (options.write or ROOT / "docs" / "results.md").parent
    if options.runs:
        training.update(docs / "training.tsv", options.runs)
    if options.data is None:
        draw(docs)
        return
    clips = clips_of(options.data, options.half)
    seconds = sum(map(len, clips.values())) / RATE
    with tempfile.TemporaryDirectory() as scratch:
        work = options.work or Path(scratch)
        references, mels = work / "recordings", work / "mels"
        write(references, clips)
        vocalise("mel", references, "-o", mels, "--overwrite")
        systems = listed(work / "systems", options.models)
        make(systems, clips, mels, timed=True)
        score(systems, references, work)
        for system in systems:
            system.pesq = [wideband(x, read(system.folder, name)) for name, x in clips.items()]

    spent = taken(systems, training.read(docs / "training.tsv"))
    call = f"`{command(options.half, options.models)}`"
    text = "\n\n".join(
        [
            f"{call}: {len(clips)} clips of the `{options.half}` half, {seconds:.0f} s.",
            tables.quality(systems),
            tables.pitch(systems),
            tables.cost(systems, seconds, spent),
        ]
    )
    print(text)
    if options.write:
        before, rest = options.write.read_text().split(BEGIN, 1)
        options.write.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.split(END, 1)[1]}")
        plots.write_figures(docs / "results.tsv", systems, seconds)
        draw(docs)


if __name__ == "__main__":
    main()
