#!/usr/bin/env python3
"""The table of docs/results.md: systems scored by `vocalise score`, PESQ, and their speed.

Systems are the recordings themselves, true magnitudes with the phases of 32 fast Griffin-Lim
iterations, Griffin-Lim from the mel, and the ONNX vocoders given. CREPE tiny and EfficientAT mn04
must have been added (`vocalise models add`).

  python-train/.venv/bin/pip install pesq==0.0.4
  python-train/.venv/bin/python scripts/results.py --data ../shared/data --half report \\
      --models onnx/*.onnx --write docs/results.md
"""

import argparse
import json
import os
import resource
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pesq
import soundfile
import torch
import torchaudio
from vocalise_train.mel import NTU, stft
from vocalise_train.spectra import fast_griffin_lim

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- made by scripts/results.py -->", "<!-- end -->"
TEXTBOOK = "--inversion nnls --start random --consistency 0 --momentum 0 --iterations".split()
GRIFFIN_LIM = {
    "Griffin-Lim, classic 32": [*TEXTBOOK, "32"],
    "Griffin-Lim, classic 1024": [*TEXTBOOK, "1024"],
    "Griffin-Lim, ours": ["--engine", "griffin-lim"],
}
QUALITY = {
    "M-STFT": "m_stft",
    "to 8 kHz": "m_stft_below",
    "above": "m_stft_above",
    "MSSTFT": "mss",
    "mel L1": "mel_l1",
}
PITCH = {
    "error, cents": "f0_mae_cents",
    "off by 50 cents, %": "f0_off_50_cents",
    "V/UV F1": "vuv_f1",
    "periodicity error": "periodicity_error",
}


@dataclass
class System:
    """One system's files and figures."""

    name: str
    folder: Path
    scores: dict = field(default_factory=dict)
    pesq: list[float] = field(default_factory=list)
    cpu: float | None = None
    wall: float | None = None
    parameters: int | None = None
    megabytes: float | None = None


def vocalise(*arguments: object) -> tuple[float, float]:
    """Runs a command of vocalise; CPU and wall seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run([ROOT / "vocalise", *map(str, arguments), "--quiet"], check=True)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def write(folder: Path, name: str, samples: np.ndarray) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    soundfile.write(folder / f"{name}.wav", samples, NTU.sample_rate, subtype="PCM_16")


def resynthesised(samples: np.ndarray) -> np.ndarray:
    """The recording from its own magnitudes: what no phase method improves on."""
    with torch.no_grad():
        magnitude = stft(torch.from_numpy(samples)[None], NTU).abs()
        return fast_griffin_lim(magnitude, NTU)[0].numpy()


def vocoded(system: System, mels: Path, arguments: list[str]) -> System:
    """Makes the files on one core, and unless that takes long again on two for the time."""
    again = system.folder.with_name(system.folder.name + " twice")
    system.cpu, took = vocalise("vocode", mels, "-o", system.folder, "--jobs", 1, *arguments)
    if took < 60:
        _, system.wall = vocalise("vocode", mels, "-o", again, "--jobs", 2, *arguments)
    return system


def model(system: System, file: Path) -> System:
    import onnx

    graph = onnx.load(file).graph
    system.parameters = sum(int(np.prod(w.dims)) for w in graph.initializer)
    system.megabytes = file.stat().st_size / 1e6
    return system


def wideband(reference: np.ndarray, made: np.ndarray) -> float:
    size = min(len(reference), len(made))
    at_16k = [
        torchaudio.functional.resample(torch.from_numpy(x[:size]), NTU.sample_rate, 16000).numpy()
        for x in (reference, made)
    ]
    return pesq.pesq(16000, *at_16k, "wb")


def interval(values: list[float]) -> tuple[float, float]:
    draws = np.random.default_rng(0).choice(values, (10000, len(values))).mean(1)
    return tuple(np.percentile(draws, [2.5, 97.5]))


def cell(mean: float | None, limits: list[float] | None, scale: float = 1, digits: int = 3) -> str:
    if mean is None:
        return "-"
    text = f"{mean * scale:.{digits}f}"
    return text + (
        f" [{limits[0] * scale:.{digits}f}, {limits[1] * scale:.{digits}f}]" if limits else ""
    )


def quality_table(systems: list[System]) -> list[str]:
    lines = ["| system | " + " | ".join([*QUALITY, "PESQ-WB"]) + " |", "|---" * 7 + "|"]
    for s in systems:
        means, limits = s.scores["means"], s.scores["intervals"]
        cells = [cell(means.get(k), limits.get(k)) for k in QUALITY.values()]
        cells.append(cell(float(np.mean(s.pesq)), interval(s.pesq), digits=2))
        lines.append(f"| {s.name} | " + " | ".join(cells) + " |")
    return lines


def pitch_table(systems: list[System]) -> list[str]:
    heads = [*PITCH, "Frechet distance", "at infinity"]
    lines = ["| system | " + " | ".join(heads) + " |", "|---" * 7 + "|"]
    for s in systems:
        means, limits, frechet = (s.scores[k] for k in ("means", "intervals", "frechet"))
        cells = [
            cell(means.get(k), limits.get(k), 100 if k == "f0_off_50_cents" else 1, 2)
            for k in PITCH.values()
        ]
        cells.append(cell(max(0.0, frechet["value"]), None, digits=2))
        cells.append(cell(frechet.get("infinity"), frechet.get("interval"), digits=2))
        lines.append(f"| {s.name} | " + " | ".join(cells) + " |")
    return lines


def cost_table(systems: list[System], seconds: float) -> list[str]:
    lines = [
        "| system | parameters | MB | CPU s per s of audio | x real time, two cores |",
        "|---" * 5 + "|",
    ]
    for s in systems:
        if s.cpu is None:
            continue
        speed = f"{seconds / s.wall:.0f}" if s.wall else "-"
        parameters = f"{s.parameters:,}" if s.parameters else "-"
        size = f"{s.megabytes:.1f}" if s.megabytes else "-"
        lines.append(f"| {s.name} | {parameters} | {size} | {s.cpu / seconds:.4f} | {speed} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with validation/")
    parser.add_argument("--half", choices=["select", "report"], default="select")
    parser.add_argument("--models", nargs="*", type=Path, default=[], help="ONNX vocoders")
    parser.add_argument("--work", type=Path, help="folder to keep wav files and scores in")
    parser.add_argument("--write", type=Path, help="page whose marked part becomes the tables")
    options = parser.parse_args()

    split = (options.data / "validation" / "split.tsv").read_text().splitlines()[1:]
    names = [line.split("\t")[0] for line in split if line.split("\t")[1] == options.half]
    clips = {
        Path(n).stem: soundfile.read(options.data / "validation" / n, dtype="float32")[0]
        for n in names
    }
    seconds = sum(map(len, clips.values())) / NTU.sample_rate
    with tempfile.TemporaryDirectory() as scratch:
        work = options.work or Path(scratch)
        mels, references = work / "mels", work / "recordings"
        for name, samples in clips.items():
            write(references, name, samples)
        vocalise("mel", references, "-o", mels, "--overwrite")
        systems = [System("recordings", work / "systems" / "recordings")]
        systems.append(System("true magnitudes, 32 iterations", work / "systems" / "true"))
        for name, samples in clips.items():
            write(systems[0].folder, name, samples)
            write(systems[1].folder, name, resynthesised(samples))
        for name, arguments in GRIFFIN_LIM.items():
            folder = work / "systems" / name.replace(" ", "-").replace(",", "")
            systems.append(vocoded(System(name, folder), mels, [*arguments, "--overwrite"]))
        for file in options.models:
            system = System(f"`{file.stem}`", work / "systems" / file.stem)
            systems.append(
                model(vocoded(system, mels, ["--model", str(file), "--overwrite"]), file)
            )
        scores = work / "scores"
        vocalise(
            *("score", "--reference", references, "-o", scores, "--no-report", "--overwrite"),
            *("--tracker", "crepe-tiny", "--embedding", "efficientat-mn04"),
            *(x for s in systems for x in ("--synth", s.folder)),
        )
        found = {s["name"]: s for s in json.loads((scores / "scores.json").read_text())["systems"]}
        for system in systems:
            system.scores = found[system.folder.name]
            for name, samples in clips.items():
                made = soundfile.read(system.folder / f"{name}.wav", dtype="float32")[0]
                system.pesq.append(wideband(samples, made))

    command = (
        f"scripts/results.py --data ../shared/data --half {options.half} --models "
        + " ".join(
            os.path.relpath(file, ROOT) if file.resolve().is_relative_to(ROOT) else file.name
            for file in options.models
        )
    )
    head = f"`{command}`: {len(clips)} clips of the `{options.half}` half, {seconds:.0f} s."
    tables = [quality_table(systems), pitch_table(systems), cost_table(systems, seconds)]
    text = "\n\n".join([head, *("\n".join(t) for t in tables)])
    print(text)
    if options.write:
        page = options.write.read_text()
        before, rest = page.split(BEGIN, 1)
        options.write.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.split(END, 1)[1]}")


if __name__ == "__main__":
    main()
