"""Systems that turn mels into waveforms, run by the command `vocalise`."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile
import torch
from vocalise_train.mel import NTU, stft
from vocalise_train.spectra import fast_griffin_lim

from measuring.command import vocalise

RATE = NTU.sample_rate
torch.set_num_threads(1)  # the same sums on every machine
TEXTBOOK = [
    "--inversion",
    "nnls",
    "--start",
    "random",
    "--consistency",
    "0",
    "--momentum",
    "0",
    "--iterations",
]
GRIFFIN_LIM = {
    "Griffin-Lim, classic 32": [*TEXTBOOK, "32"],
    "Griffin-Lim, classic 1024": [*TEXTBOOK, "1024"],
    "Griffin-Lim, ours": ["--engine", "griffin-lim"],
}
TRUE = "true magnitudes, 32 iterations"


@dataclass
class System:
    """One system's files and figures.

    Attributes:
        cpu: seconds of CPU time of the process that made all files with one job.
        wall: seconds by the clock of the process that made all files with two jobs.
        scores: the system's part of scores.json.
        pesq: PESQ-WB of each file.
    """

    name: str
    folder: Path
    arguments: list[str] | None = None
    model: Path | None = None
    cpu: float | None = None
    wall: float | None = None
    scores: dict = field(default_factory=dict)
    pesq: list[float] = field(default_factory=list)


def listed(folder: Path, models: list[str]) -> list[System]:
    """Recordings, true magnitudes, Griffin-Lim and models, each with a folder of its own.

    Args:
        folder: where the systems' folders lie.
        models: ONNX files as FILE or NAME=FILE; without a name, the file's.
    """
    systems = [System("recordings", folder / "recordings"), System(TRUE, folder / "true")]
    for name, arguments in GRIFFIN_LIM.items():
        short = name.replace(" ", "-").replace(",", "")
        systems.append(System(name, folder / short, arguments))
    for given in models:
        name, _, file = given.rpartition("=")
        path = Path(file)
        label = name or path.stem
        arguments = ["--model", str(path)]
        systems.append(System(f"`{label}`", folder / label.replace(" ", "-"), arguments, path))
    return systems


def write(folder: Path, clips: dict[str, np.ndarray]) -> None:
    """Writes clips as WAV files of 16 bits."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, samples in clips.items():
        soundfile.write(folder / f"{name}.wav", samples, RATE, subtype="PCM_16")


def read(folder: Path, name: str) -> np.ndarray:
    return soundfile.read(folder / f"{name}.wav", dtype="float32")[0]


def make(systems: list[System], clips: dict[str, np.ndarray], mels: Path, timed: bool) -> None:
    """Makes every system's files, but those that an earlier call has made in the same folder.

    Args:
        systems: as `listed` has them.
        clips: the recordings.
        mels: a folder with their mels.
        timed: whether to make them again on two cores, unless one takes longer than a minute.
    """
    for system in systems:
        done = system.folder.with_name(system.folder.name + ".json")
        if done.exists():
            times = json.loads(done.read_text())
            system.cpu, system.wall = times["cpu"], times["wall"]
            continue
        if system.name == "recordings":
            write(system.folder, clips)
        elif system.name == TRUE:
            write(system.folder, {name: resynthesised(x) for name, x in clips.items()})
        else:
            command = ["vocode", mels, *system.arguments, "--overwrite", "-o"]
            system.cpu, _ = vocalise(*command, system.folder, "--jobs", 1)
            if timed and system.cpu < 60:
                again = system.folder.with_name(system.folder.name + " twice")
                _, system.wall = vocalise(*command, again, "--jobs", 2)
        done.write_text(json.dumps({"cpu": system.cpu, "wall": system.wall}))


def resynthesised(samples: np.ndarray) -> np.ndarray:
    """The recording from its own magnitudes: what no phase method improves on."""
    with torch.no_grad():
        magnitude = stft(torch.from_numpy(samples)[None], NTU).abs()
        return fast_griffin_lim(magnitude, NTU)[0].numpy()
