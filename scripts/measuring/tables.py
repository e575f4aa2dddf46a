"""The tables of docs/results.md."""

import numpy as np
import onnx

from measuring.intervals import bootstrap, cell, jackknife
from measuring.systems import System

QUALITY = {
    "M-STFT": "m_stft",
    "to 8 kHz": "m_stft_below",
    "above": "m_stft_above",
    "MSSTFT": "mss",
    "mel L1": "mel_l1",
}
PITCH = {
    "error, cents": "f0_mae_cents",
    "median": "f0_median_cents",
    "off by 50 cents, %": "f0_off_50_cents",
    "V/UV F1": "vuv_f1",
    "periodicity error": "periodicity_error",
}


def table(heads: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def quality(systems: list[System]) -> str:
    rows = []
    for s in systems:
        means, limits = s.scores["means"], s.scores["intervals"]
        cells = [cell(means.get(k), limits.get(k)) for k in QUALITY.values()]
        rows.append([s.name, *cells, cell(float(np.mean(s.pesq)), bootstrap(s.pesq), digits=2)])
    return table(["system", *QUALITY, "PESQ-WB"], rows)


def pitch(systems: list[System]) -> str:
    rows = []
    for s in systems:
        means, limits, frechet = (s.scores[k] for k in ("means", "intervals", "frechet"))
        cells = [
            cell(means.get(k), limits.get(k), 100 if k == "f0_off_50_cents" else 1, 2)
            for k in PITCH.values()
        ]
        distance = cell(max(0.0, frechet["value"]), jackknife(frechet), digits=2)
        rows.append([s.name, *cells, distance])
    return table(["system", *PITCH, "Frechet distance"], rows)


def cost(systems: list[System], seconds: float, training: dict[str, tuple[int, float]]) -> str:
    """Size, speed and training.

    Args:
        systems: those without CPU time are left out.
        seconds: of audio that each made.
        training: steps and hours of a model by its name, where known.
    """
    rows = []
    for s in systems:
        if s.cpu is None:
            continue
        row = [s.name, "-", "-", f"{seconds / s.cpu:.1f}"]
        row.append(f"{seconds / s.wall:.1f}" if s.wall else "-")
        if s.model is None:
            rows.append([*row, "-", "-"])
            continue
        loaded = onnx.load(s.model)
        row[1] = f"{sum(int(np.prod(w.dims)) for w in loaded.graph.initializer):,}"
        row[2] = f"{s.model.stat().st_size / 1e6:.1f}"
        metadata = {p.key: p.value for p in loaded.metadata_props}
        steps, hours = training.get(s.name.strip("`"), (metadata.get("vocalise.steps", "-"), None))
        rows.append(
            [*row, f"{int(steps):,}" if str(steps).isdigit() else "-", cell(hours, None, digits=2)]
        )
    heads = ["system", "parameters", "MB", "x real time, one core", "two cores", "steps", "hours"]
    return table(heads, rows)
