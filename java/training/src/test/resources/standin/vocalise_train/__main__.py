"""Stands in for the trainer where PyTorch is not the point: the same command, files and signals.

Its weights are a chain of hashes, so that a run that was killed and resumed can be compared with an
undisturbed one.
"""

import argparse
import hashlib
import json
import os
import shutil
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

DEFAULTS = {
    "steps": 40,
    "step_seconds": 0.01,
    "checkpoint_every": 5,
    "validate_every": 20,
    "log_every": 1,
    "seed": 0,
    "start_seconds": 0,
    "hold_mb": 0,
    "fail_at": -1,
    "hang_at": -1,
    "clock_back_at": -1,
    "ignore_term": 0,
    "snapshots": 0,
    "warnings": 0,
}


def now(shift: float) -> str:
    return datetime.fromtimestamp(time.time() + shift, UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def write(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}.part")
    partial.write_text(text)
    partial.replace(path)


class Trainer:
    def __init__(self, run: Path, settings: dict) -> None:
        self.run, self.settings = run, settings
        self.stop = None
        self.shift = 0.0
        self.weights = hashlib.sha256(str(settings["seed"]).encode()).hexdigest()
        self.step = 0
        events = run / "events.jsonl"
        torn = events.exists() and events.stat().st_size and events.read_bytes()[-1:] != b"\n"
        self.events = events.open("a", buffering=1)
        if torn:
            self.events.write("\n")

    def event(self, kind: str, **fields) -> None:
        line = {"time": now(self.shift), "step": self.step, "kind": kind, **fields}
        self.events.write(json.dumps(line) + "\n")

    def newest(self) -> Path | None:
        found = sorted((self.run / "checkpoints").glob("step-*"))
        return found[-1] if found else None

    def save(self) -> None:
        folder = self.run / "checkpoints"
        final = folder / f"step-{self.step:08d}"
        if final.exists():
            return
        partial = folder / f".{final.name}"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        (partial / "state.json").write_text(json.dumps({"step": self.step, "weights": self.weights}))
        partial.rename(final)
        self.event("checkpoint", path=f"checkpoints/{final.name}")
        for old in sorted(folder.glob("step-*"))[:-3]:
            shutil.rmtree(old)

    def snapshot(self) -> None:
        """The model that the test has left beside the run stands for what was learnt."""
        folder = self.run / "snapshots"
        folder.mkdir(exist_ok=True)
        partial = folder / f".step-{self.step}"
        shutil.copy(self.run.parent / "model.onnx", partial)
        partial.replace(folder / f"step-{self.step}.onnx")

    def train(self) -> int:
        settings = self.settings
        saved = self.newest()
        resumed = {}
        if saved:
            state = json.loads((saved / "state.json").read_text())
            self.step, self.weights = state["step"], state["weights"]
            resumed = {"resumed_from": self.step}
        if not settings["ignore_term"]:
            signal.signal(signal.SIGTERM, self.caught)
        else:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if settings["snapshots"]:
            shutil.copytree(self.run.parent / "clips", self.run / "validation", dirs_exist_ok=True)
        self.event("start", **resumed, steps=settings["steps"], preset="standin", device="cpu")
        for number in range(settings["warnings"]):
            self.event("warning", message=f"left out: {number}.wav is silent")
        held = bytearray(int(settings["hold_mb"] * 1e6))
        held[::4096] = b"x" * len(held[::4096])
        reason, code = "failed", 1
        try:
            while self.step < settings["steps"] and not self.stop:
                self.one()
            self.save()
            reason, code = ("finished", 0) if self.step >= settings["steps"] else ("SIGTERM", 143)
        finally:
            self.event("stop", reason=reason, exit_code=code)
        return code

    def one(self) -> None:
        settings = self.settings
        time.sleep(settings["step_seconds"])
        self.step += 1
        if self.step == settings["fail_at"]:
            raise RuntimeError(f"asked to fail at step {self.step}")
        while self.step == settings["hang_at"]:
            time.sleep(1)
        if self.step == settings["clock_back_at"]:
            self.shift = -3600.0
        self.weights = hashlib.sha256(f"{self.weights}{self.step}".encode()).hexdigest()
        if self.step % settings["log_every"] == 0:
            self.event(
                "train",
                losses={"mel": 1 / self.step},
                steps_per_second=1 / max(settings["step_seconds"], 1e-3),
                audio_seconds_per_second=1.0,
                memory_mb=10,
                eta_seconds=1,
            )
        if self.step % settings["validate_every"] == 0:
            folder = self.run / "samples" / f"step-{self.step}"
            folder.mkdir(parents=True, exist_ok=True)
            write(folder / "clip.txt", self.weights)
            if settings["snapshots"]:
                self.snapshot()
            self.event("sample", metrics={"m_stft": 1 / self.step})
        if self.step % settings["checkpoint_every"] == 0:
            self.save()

    def caught(self, *_: object) -> None:
        self.stop = True


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m vocalise_train")
    commands = parser.add_subparsers(required=True, dest="command")
    train = commands.add_parser("train")
    train.add_argument("--preset", required=True)
    train.add_argument("--data", type=Path, required=True)
    train.add_argument("--run", type=Path, required=True)
    train.add_argument("--set", action="append", default=[])
    train.add_argument("--resume", action="store_true")
    options = parser.parse_args()
    settings = dict(DEFAULTS)
    for change in options.set:
        key, _, value = change.partition("=")
        if key not in settings:
            print(f"error: preset {options.preset}: unknown setting {key}", file=sys.stderr)
            return 4
        settings[key] = float(value) if "." in value else int(value)
    if not list(options.data.rglob("*.wav")):
        print(f"error: {options.data}: no recordings", file=sys.stderr)
        return 4
    if (options.run / "config.yaml").exists() and not options.resume:
        print(f"error: {options.run} holds a run; --resume goes on with it", file=sys.stderr)
        return 4
    time.sleep(settings["start_seconds"])
    options.run.mkdir(parents=True, exist_ok=True)
    print(f"trains as user {os.getuid()}", file=sys.stderr)
    write(options.run / "config.yaml", json.dumps(settings))
    return Trainer(options.run, settings).train()


if __name__ == "__main__":
    sys.exit(main())
