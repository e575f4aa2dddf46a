"""Pictures for docs/results.md, from small tables beside it."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.ticker import FormatStrFormatter, LogLocator, NullFormatter

from measuring import training
from measuring.systems import System

# The same table gives the same file.
plt.rcParams.update({"svg.hashsalt": "vocalise", "font.size": 10})


def write_figures(table: Path, systems: list[System], seconds: float) -> None:
    lines = ["system\tm_stft\tlow\thigh\tfrechet\ttimes_real_time"]
    for s in systems:
        if s.cpu is not None:
            low, high = s.scores["intervals"]["m_stft"]
            figures = (s.scores["means"]["m_stft"], low, high, s.scores["frechet"]["value"])
            name = s.name.strip("`")
            lines.append(
                "\t".join([name, *(f"{x:.4f}" for x in figures), f"{seconds / s.cpu:.2f}"])
            )
    table.write_text("\n".join(lines) + "\n")


def quality_and_speed(table: Path, picture: Path) -> None:
    rows = [line.split("\t") for line in table.read_text().splitlines()[1:]]
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    for axis, column, label in (
        (axes[0], 1, "M-STFT, 95 % interval"),
        (axes[1], 4, "Frechet distance (mn04)"),
    ):
        for k, row in enumerate(rows):
            x, y = float(row[5]), float(row[column])
            colour = f"C{k}"
            if column == 1:
                limits = [[y - float(row[2])], [float(row[3]) - y]]
                axis.errorbar(x, y, yerr=limits, color=colour, capsize=3)
            axis.plot(x, y, "o", color=colour, label=row[0])
        axis.set(xscale="log", xlabel="x real time, one core", ylabel=label)
        axis.xaxis.set_major_locator(LogLocator(10, (1, 2, 5)))
        axis.xaxis.set_major_formatter(FormatStrFormatter("%g"))
        axis.xaxis.set_minor_formatter(NullFormatter())
        axis.grid(alpha=0.3)
    axes[0].set_ylim(bottom=0)
    # Generators trained for minutes are a hundred times as far as the others.
    axes[1].set_yscale("log")
    axes[1].legend(fontsize=8)
    save(figure, picture)


def validation(table: Path, picture: Path) -> None:
    figure, axis = plt.subplots(figsize=(9, 3.6), layout="constrained")
    for name, points in training.read(table).items():
        axis.plot([h for _, h, _ in points], [m for _, _, m in points], ".-", label=name)
    axis.set(xlabel="hours of training", ylabel="M-STFT while training")
    axis.grid(alpha=0.3)
    axis.legend(fontsize=8)
    save(figure, picture)


def save(figure: plt.Figure, picture: Path) -> None:
    figure.savefig(picture, metadata={"Date": None})
    plt.close(figure)
