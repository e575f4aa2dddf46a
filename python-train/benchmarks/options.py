"""What each option of the training loop does: short runs of a preset, one option changed in each.

    python benchmarks/options.py --data DIR --validation DIR --work DIR [--preset small]
        [--steps 800] [--only "torch.compile,clipping off"]

All runs draw the same segments. Prints, per run, the largest rate between two train events, the CPU
seconds of the whole command, the last training loss, and the M-STFT of the validation clips by 32
fast Griffin-Lim iterations from random phases. Fewer options and steps are quicker; other load on
the machine changes the rates, not the rest.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

OPTIONS = {
    "as the preset says": [],
    "clipping off": ["optimiser.clip=0"],
    "constant rate": ["optimiser.schedule=exponential", "optimiser.decay=1"],
    "no average of weights": ["average=0"],
    "bf16 trunk": ["precision=bf16"],
    "torch.compile": ["compile=true"],
    "one speed": ["data.speeds=[1]"],
    "no gain": ["data.gain_db=0"],
    "singers by seconds": ["data.balance=1"],
}


def train(options: argparse.Namespace, name: str, changes: list[str]) -> dict[str, float]:
    """Runs one training; its figures."""
    run = options.work / name.replace(" ", "-")
    shutil.rmtree(run, ignore_errors=True)
    settings = [
        f"steps={options.steps}",
        "threads=1",
        f"data.validation_folders=[{json.dumps(str(options.validation))}]",
        "data.validation_singers=[]",
        "report.validate_every=0",
        "report.clips=100",
        "report.samples=0",
        "report.snapshots=false",
        "report.checkpoint_seconds=1e9",
        *changes,
    ]
    command = [sys.executable, "-m", "vocalise_train", "train", "--preset", options.preset]
    command += ["--data", str(options.data), "--run", str(run)]
    command += [part for setting in settings for part in ("--set", setting)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    events = [json.loads(line) for line in (run / "events.jsonl").read_text().splitlines()]
    steps = [e for e in events if e["kind"] == "train"][1:]
    rates = sorted(e["steps_per_second"] for e in steps)
    scored = [e for e in events if e["kind"] == "sample"][-1]["metrics"]["m_stft"]
    return {
        "best_rate": rates[-1],
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "loss": steps[-1]["losses"]["total"],
        "m_stft": scored,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--validation", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--preset", default="small")
    parser.add_argument("--steps", type=int, default=800)
    parser.add_argument("--only", type=lambda text: text.split(","))
    options = parser.parse_args()
    print("| | steps/s at best | CPU s, whole run | training loss | M-STFT |")
    print("|---|---|---|---|---|")
    for name, changes in OPTIONS.items():
        if options.only and name not in options.only:
            continue
        made = train(options, name, changes)
        print(
            f"| {name} | {made['best_rate']:.2f} | {made['cpu']:.0f} "
            f"| {made['loss']:.3f} | {made['m_stft']:.4f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
