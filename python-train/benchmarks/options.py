"""What each option of the training loop does: short runs of a preset, one option changed in each.

    python benchmarks/options.py --data DIR --validation DIR --work DIR [--preset small]
        [--steps 800] [--seeds 0,1] [--only "torch.compile,clipping off"]

All runs of a seed draw the same segments, as far as the option lets them. Prints, per option and
with a value for each seed: the largest rate between two train events, the CPU seconds of the whole
command, the last training loss, and the M-STFT of the validation clips by 32 fast Griffin-Lim
iterations from random phases. Losses compare where the segments are the same: not without
augmentation. Fewer options, seeds and steps are quicker; other load on the machine changes the
rates, not the rest.
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
    "no warm-up": ["optimiser.warmup=0"],
    "no decay": ["optimiser.final=1"],
    "constant rate": ["optimiser.schedule=exponential", "optimiser.decay=1"],
    "no average of weights": ["average=0"],
    "TF32": ["precision=tf32"],
    "bf16 trunk": ["precision=bf16"],
    "torch.compile": ["compile=true"],
    "no augmentation": ["data.speeds=[1]", "data.gain_db=0"],
    "one speed": ["data.speeds=[1]"],
    "no gain": ["data.gain_db=0"],
    "singers by seconds": ["data.balance=1"],
}


class RefusedError(Exception):
    """What the trainer said instead of training: TF32 where there is no GPU, for instance."""


def train(
    options: argparse.Namespace, name: str, seed: int, changes: list[str]
) -> dict[str, float]:
    """Runs one training; its figures.

    Raises:
        RefusedError: it can't be trained so on this machine.
    """
    run = options.work / f"{name.replace(' ', '-')}-{seed}"
    shutil.rmtree(run, ignore_errors=True)
    settings = [
        f"steps={options.steps}",
        f"seed={seed}",
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
    ended = subprocess.run(command, stderr=subprocess.PIPE, text=True, env=environment)
    if ended.returncode:
        raise RefusedError((ended.stderr.strip().splitlines() or ["no word"])[-1])
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


def row(options: argparse.Namespace, name: str, changes: list[str]) -> str:
    """An option's line of the table."""
    try:
        made = [train(options, name, seed, changes) for seed in options.seeds]
    except RefusedError as error:
        return f"| {name} | {error} | | | |"
    cells = [
        ", ".join(form.format(figures[key]) for figures in made)
        for key, form in (
            ("best_rate", "{:.2f}"), ("cpu", "{:.0f}"), ("loss", "{:.3f}"), ("m_stft", "{:.4f}")
        )
    ]  # fmt: skip
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--validation", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--preset", default="small")
    parser.add_argument("--steps", type=int, default=800)
    parser.add_argument("--seeds", type=lambda text: [int(s) for s in text.split(",")], default=[0])
    parser.add_argument("--only", type=lambda text: text.split(","))
    options = parser.parse_args()
    for name in options.only or ():
        if name not in OPTIONS:
            parser.error(f"no option {name!r}; there are {', '.join(OPTIONS)}")
    print("| | steps/s at best | CPU s, whole run | training loss | M-STFT |")
    print("|---|---|---|---|---|")
    for name, changes in OPTIONS.items():
        if not options.only or name in options.only:
            print(row(options, name, changes), flush=True)


if __name__ == "__main__":
    main()
