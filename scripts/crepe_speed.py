#!/usr/bin/env python3
"""CPU time of CREPE by `vocalise f0` and by torchcrepe 0.0.24 on one core, in turns.

Both work on the same recording twice, of different lengths; the difference of the CPU times leaves
out what starting takes. The Python side has torchcrepe's framing, network and its Viterbi decoder.

  pip install torch==2.11.0 torchaudio==2.11.0 torchcrepe==0.0.24 soundfile
  scripts/crepe_speed.py recording.wav --size tiny --vocalise ./vocalise
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile

RATE = 16000
PEER = """
import sys, soundfile, torch, torchcrepe
torch.set_num_threads(1)
x, rate = soundfile.read(sys.argv[1], dtype="float32")
torchcrepe.predict(torch.from_numpy(x)[None], rate, 160, 50.0, 1000.0, sys.argv[2],
                   batch_size=128, device="cpu", return_periodicity=True)
"""


def cpu_seconds(command: list[str]) -> float:
    """User and system time of a process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("recording", type=Path, help="at 16 kHz")
    parser.add_argument("--size", default="tiny", choices=["tiny", "full"])
    parser.add_argument("--vocalise", default="vocalise", help="the command, words and all")
    parser.add_argument("--seconds", type=float, nargs=2, default=[4.0, 20.0])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    samples, rate = soundfile.read(options.recording, dtype="float32")
    if rate != RATE or samples.ndim != 1:
        parser.error("the recording must be mono, at 16 kHz")
    times: dict[str, list[float]] = {"vocalise": [], "torchcrepe": []}
    command = [*options.vocalise.split(), "f0"]
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for i, seconds in enumerate(options.seconds):
            files.append(Path(folder) / f"{i}.wav")
            soundfile.write(files[-1], np.resize(samples, int(seconds * RATE)), RATE)
        tracker = ["--tracker", f"crepe-{options.size}", "--no-picture", "--overwrite"]
        # The first call of a process compiles and fills caches on disk.
        cpu_seconds([sys.executable, "-c", PEER, str(files[0]), options.size])
        for _ in range(options.rounds):
            ours, theirs = [], []
            for file in files:
                out = ["-o", str(file.with_suffix(".csv"))]
                ours.append(cpu_seconds([*command, str(file), *out, *tracker]))
                theirs.append(cpu_seconds([sys.executable, "-c", PEER, str(file), options.size]))
            length = options.seconds[1] - options.seconds[0]
            times["vocalise"].append(60 * (ours[1] - ours[0]) / length)
            times["torchcrepe"].append(60 * (theirs[1] - theirs[0]) / length)
    for name, values in times.items():
        listed = ", ".join(f"{v:.1f}" for v in values)
        print(f"{name}: {statistics.median(values):.1f} s of CPU per minute of audio ({listed})")
    pairs = zip(times["torchcrepe"], times["vocalise"], strict=True)
    print(f"ratio: {statistics.median(t / v for t, v in pairs):.2f}")


if __name__ == "__main__":
    main()
