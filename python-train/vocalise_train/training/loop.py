"""The training loop: steps, and between them reports, validation and checkpoints."""

import contextlib
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import torch

from vocalise_train import checkpoint, export
from vocalise_train.checkpoint import Checkpoint, Description
from vocalise_train.data.manifest import Manifest
from vocalise_train.training import checkpoints, snapshots, validation
from vocalise_train.training.board import Board
from vocalise_train.training.config import FREE, Config
from vocalise_train.training.held import Held
from vocalise_train.training.objective import adversarial_weight
from vocalise_train.training.progress import Progress
from vocalise_train.training.run_directory import Events, RunDirectory
from vocalise_train.training.signals import Stop
from vocalise_train.training.stepper import Stepper, StepResult


class TrainingError(RuntimeError):
    """The run can't go on: it diverged again and again, or its end can't be saved."""


@dataclass
class _Window:
    """What happened since the last ``train`` event."""

    steps: int = 0
    seconds: float = 0.0
    drawing: float = 0.0
    sums: dict[str, torch.Tensor] | None = None

    def add(self, result: StepResult, seconds: float) -> None:
        self.steps += 1
        self.seconds += seconds
        self.drawing += result.drawing_seconds
        if self.sums is None:
            self.sums = dict(result.losses)
        else:
            self.sums = {
                name: self.sums.get(name, 0) + value for name, value in result.losses.items()
            }


class Loop:
    """Runs a stepper to the last step; only the first of several processes writes files."""

    def __init__(
        self,
        run: RunDirectory,
        config: Config,
        manifest: Manifest,
        stepper: Stepper,
        held: list[Held],
        events: Events,
        board: Board,
        stop: Stop,
    ) -> None:
        self.run_directory = run
        self.config = config
        self.manifest = manifest
        self.stepper = stepper
        self.state = stepper.state
        self.held = held
        self.events = events
        self.board = board
        self.stop = stop
        self.progress = Progress()
        self.writes = stepper.processes.first
        self._window = _Window()
        self._bad = 0
        self._saved_step = -1
        self._saved_time = time.monotonic()

    def run(self) -> str:
        """Trains to the last step or until told to stop; returns ``finished`` or the signal's name.

        Raises:
            TrainingError: losses are not finite, again and again, or the last checkpoint can't be
                written.
        """
        while self.state.step < self.config.steps:
            begin = time.monotonic()
            stage = (
                "adversarial" if adversarial_weight(self.config, self.state.step) else "regression"
            )
            result = self.stepper.step()
            seconds = time.monotonic() - begin
            self.progress.step(stage, seconds)
            if self.config.adversarial.discriminators and not self.progress.knows("adversarial"):
                self._expect_discriminators()
            self._guard(result, seconds)
            self._report(result)
            if self.stepper.processes.any(self.stop.signal is not None, self.stepper.device):
                break
        self._save(last=True)
        return "finished" if self.state.step >= self.config.steps else self.stop.name

    def _report(self, result: StepResult) -> None:
        step, report = self.state.step, self.config.report
        if step % report.log_every == 0 or step == 1 or step == self.config.steps:
            self._log(result)
        last = step == self.config.steps
        if last or (report.validate_every and step % report.validate_every == 0):
            self._validate()
            self._save()
            return
        due = report.checkpoint_every and step % report.checkpoint_every == 0
        if due or time.monotonic() - self._saved_time > self._interval():
            self._save()

    def _expect_discriminators(self) -> None:
        """Times what is still to begin, so that the first estimates hold."""
        if self.progress.knows("regression", 5):
            more = self.stepper.adversarial_seconds()
            self.progress.expect("adversarial", self.progress.step_seconds("regression") + more)

    def _interval(self) -> float:
        """Seconds between checkpoints: so many that writing them takes 5 % at most."""
        return max(
            self.config.report.checkpoint_seconds, 20 * self.progress.pause_seconds("checkpoint")
        )

    def _guard(self, result: StepResult, seconds: float) -> None:
        if result.finite:
            self._bad = 0
            self._window.add(result, seconds)
            return
        self._bad += 1
        guard = self.config.guard
        self._warn(f"step {self.state.step} was skipped: its gradient is not finite")
        if self._bad < guard.patience:
            return
        if self.state.life >= guard.rollbacks:
            raise TrainingError(
                f"{self._bad} steps in a row were not finite, after {self.state.life} roll-backs; "
                "a lower optimiser.learning_rate or an optimiser.clip may help"
            )
        self._roll_back()

    def _roll_back(self) -> None:
        """Goes on from the last checkpoint with other segments and a lower rate."""
        life = self.state.life + 1
        saved, _ = checkpoints.newest(self.run_directory.checkpoints)
        if saved is None:
            raise TrainingError(
                "losses were not finite before the first checkpoint; a lower "
                "optimiser.learning_rate or an optimiser.clip may help"
            )
        self.state.load(saved.tensors, saved.numbers)
        self.state.life = life
        self._bad = 0
        self._warn(
            f"rolled back to step {saved.step}; the learning rate is now "
            f"{self.config.guard.slow_down**life:g} of its schedule"
        )

    def _log(self, result: StepResult) -> None:
        window, self._window = self._window, _Window()
        if not window.steps:
            return
        processes = self.stepper.processes
        losses = {name: value / window.steps for name, value in window.sums.items()}
        processes.average(losses.values())
        if not self.writes:
            return
        seconds = max(window.seconds, 1e-9)
        rate = window.steps / seconds
        segment = self.config.segment_frames * self.config.spec.hop / self.config.spec.sample_rate
        # JSON has no infinities.
        numbers = {
            name: round(float(value), 6) if value.isfinite() else None
            for name, value in losses.items()
        }
        fields = {
            "losses": numbers,
            "learning_rate": self.state.optimiser.param_groups[0]["lr"],
            "gradient_norm": round(float(result.gradient_norm), 4) if result.finite else None,
            "steps_per_second": round(rate, 4),
            "audio_seconds_per_second": round(
                rate * segment * self.config.batch_size * processes.count, 3
            ),
            "data_share": round(window.drawing / seconds, 4),
            "memory_mb": _memory_mb(self.stepper.device),
            "eta_seconds": round(self._remaining()),
        }
        self.events.write(self.state.step, "train", **fields)
        self.board.numbers("train", fields | numbers, self.state.step)

    def _remaining(self) -> float:
        config, step = self.config, self.state.step
        left = config.steps - step
        adversarial = 0
        if config.adversarial.discriminators:
            adversarial = min(left, max(0, config.steps - max(step, config.adversarial.start)))
        every = config.report.validate_every or config.steps
        steps = {"regression": left - adversarial, "adversarial": adversarial}
        validations = -(-config.steps // every) - step // every
        stepping = self.progress.remaining(steps, {"validation": validations})
        return stepping + self.progress.remaining(
            {}, {"checkpoint": stepping / max(self._interval(), 1e-3)}
        )

    def _validate(self) -> None:
        if not self.writes:
            return
        begin = time.monotonic()
        step, state = self.state.step, self.state
        fields: dict[str, object] = {}
        try:
            if self.held:
                made = validation.validate(
                    state.exported, self.stepper.objective, self.held, self.stepper.device
                )
                fields["metrics"] = {k: round(v, 6) for k, v in made.scores.items()}
                fields["clip_metrics"] = {
                    clip.stem: {"m_stft": round(distance, 6)}
                    for clip, distance in zip(self.held, made.distances, strict=True)
                }
                folder = self.run_directory.samples(step)
                fields["folder"] = _relative(folder, self.run_directory.path)
                fields["clips"] = validation.write_samples(
                    folder, self.held, made.waves, self.config
                )
                self.board.validation(made, self.held, self.config, step)
                value = made.scores["m_stft"]
                if state.best.value is None or value < state.best.value:
                    state.best.value, state.best.step = value, step
                most = self.config.report.samples_mb * 1_000_000
                snapshots.prune(folder.parent, most, {step, state.best.step})
            if self.config.report.snapshots:
                fields["snapshot"] = self._write_snapshot(step)
        except (OSError, ValueError, RuntimeError) as error:
            self._warn(f"validation at step {step} is incomplete: {error}")
        seconds = time.monotonic() - begin
        self.progress.pause("validation", seconds)
        if fields:
            self.events.write(step, "sample", seconds=round(seconds, 2), **fields)

    def _write_snapshot(self, step: int) -> str:
        """Exports the generator; returns the file's name in the run's folder."""
        run, report = self.run_directory, self.config.report
        run.snapshots.mkdir(exist_ok=True)
        path = snapshots.path_of(run.snapshots, step)
        with torch.random.fork_rng(devices=[]):
            export.write(self.generator_checkpoint(), path)
        spared = {step, self.state.best.step, snapshots.validated_best(run.path)}
        removed = snapshots.prune(run.snapshots, report.snapshots_mb * 1_000_000, spared)
        if removed:
            self._warn(
                f"snapshots of steps {removed} were removed, validated or not: together they take "
                f"more than report.snapshots_mb, {report.snapshots_mb}"
            )
        return _relative(path, run.path)

    def generator_checkpoint(self) -> Checkpoint:
        """The generator as it would be exported now."""
        config = self.config
        settings = {
            key: value
            for key, value in config.to_dict().items()
            if key not in FREE and f"{key}." not in FREE
        }
        data = {k: v for k, v in settings["data"].items() if f"data.{k}" not in FREE}
        description = Description(
            config.name or self.run_directory.path.resolve().name,
            config.built_architecture(),
            config.spec,
            self.state.step,
            checkpoint.now(),
            self.manifest.training_data(),
            config.data.licences,
            {**settings, "data": data, "manifest_sha256": self.manifest.sha256},
        )
        tensors = self.state.exported.state_dict()
        return Checkpoint(description, {k: v.cpu().contiguous() for k, v in tensors.items()})

    def _save(self, last: bool = False) -> None:
        step = self.state.step
        if not self.writes or step == self._saved_step:
            return
        begin = time.monotonic()
        folder = self.run_directory.checkpoints
        try:
            path = checkpoints.write(
                folder,
                self.generator_checkpoint(),
                self.state.tensors(),
                self.state.numbers(),
                self.manifest.sha256,
            )
        except OSError as error:
            self._saved_time = time.monotonic()
            if last:
                raise TrainingError(f"no checkpoint at step {step}: {error}") from error
            self._warn(f"no checkpoint at step {step}: {error}; the one before stays")
            return
        checkpoints.prune(folder, self.config.report.keep, self.state.best.step)
        self._saved_step, self._saved_time = step, time.monotonic()
        seconds = self._saved_time - begin
        self.progress.pause("checkpoint", seconds)
        self.events.write(
            step,
            "checkpoint",
            path=_relative(path, self.run_directory.path),
            seconds=round(seconds, 3),
            best=self.state.best.step == step,
        )

    def _warn(self, message: str) -> None:
        if self.writes:
            self.events.write(self.state.step, "warning", message=message)
            # A log on a full or read-only disk is no reason to end.
            with contextlib.suppress(OSError):
                print(f"warning: step {self.state.step}: {message}", file=sys.stderr)


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _memory_mb(device: torch.device) -> int:
    """Peak memory: of the GPU where there is one, else of the process."""
    if device.type == "cuda":
        return round(torch.cuda.max_memory_allocated(device) / 1e6)
    import resource

    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)
