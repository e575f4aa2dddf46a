"""Starts a run, or goes on with one."""

import os
import platform
import sys
from dataclasses import replace
from pathlib import Path

import torch

from vocalise_train import __version__
from vocalise_train.data import manifest as manifests
from vocalise_train.data.batches import Sampler
from vocalise_train.data.manifest import Manifest
from vocalise_train.training import checkpoints, dataset, devices, presets
from vocalise_train.training.board import Board
from vocalise_train.training.checkpoints import Saved
from vocalise_train.training.config import Config, differences
from vocalise_train.training.held import Held, held_clips, write_clips
from vocalise_train.training.loop import Loop
from vocalise_train.training.objective import Objective
from vocalise_train.training.processes import Processes
from vocalise_train.training.run_directory import Events, RunDirectory
from vocalise_train.training.signals import Stop
from vocalise_train.training.state import new_state
from vocalise_train.training.stepper import Stepper


def settings(
    run: RunDirectory, preset: str | None, folders: list[Path], changes: list[str], resume: bool
) -> Config:
    """The settings of a run to start, or of one to go on with.

    A resumed run takes those it was started with; a preset or changes given with it must make the
    same weights.

    Raises:
        ValueError: there is a run already and ``resume`` isn't set, settings that differ from the
            run's, or none at all.
    """
    if run.exists():
        # The first of several processes may have written it just now.
        if not resume and os.environ.get("RANK", "0") == "0":
            raise ValueError(f"{run.path} holds a run; --resume goes on with it")
        before = run.read_config()
        config = presets.resolve(preset, changes) if preset else presets.changed(before, changes)
        if folders:
            config = presets.with_folders(config, folders)
        else:
            config = presets.with_folders(config, [Path(f) for f in before.data.folders])
        odd = differences(before, config)
        if odd:
            # The first in its own line, which may be all that is shown.
            raise ValueError(
                f"{run.path} was started with other settings; leave these out, or start a new run: "
                + "\n  ".join(odd)
            )
        return config
    if preset is None or not folders:
        raise ValueError(f"{run.path} holds no run; --preset and --data start one")
    return presets.with_folders(presets.resolve(preset, changes), folders)


def train(run: RunDirectory, config: Config) -> int:
    """Trains; returns the exit code: 0, or 143 after SIGTERM and 130 after SIGINT.

    Raises:
        ValueError: settings or recordings that can't be trained with, or a run that was started
            with others.
        TrainingError: see ``Loop.run``.
    """
    if config.threads:
        torch.set_num_threads(config.threads)
    device = devices.device_of(config)
    processes = Processes.from_environment(device)
    with Stop() as stop:
        try:
            return _train(run, config, device, processes, stop)
        finally:
            processes.close()


def _train(
    run: RunDirectory, config: Config, device: torch.device, processes: Processes, stop: Stop
) -> int:
    data = dataset.load(config, run.path)
    manifest, store = data.manifest, data.store
    if processes.first:
        for line in manifests.report(manifest):
            print(line, file=sys.stderr)
    saved, faults = checkpoints.newest(run.checkpoints) if processes.first else (None, [])
    saved = processes.of_first(saved, device)
    _refuse_other_data(run, manifest)
    # Its own checkpoint holds all weights: the initial one may have gone.
    state = new_state(replace(config, initial="") if saved else config, device)
    precision = devices.precision_of(config, device)
    devices.set_precision(precision, state.generator)
    objective = Objective(config, state.generator.output).to(device)
    if config.compile:
        state.generator.compile()
        if state.discriminators:
            state.discriminators.compile()
    if saved:
        state.load(saved.tensors, saved.numbers)
    if processes.first:
        run.write_config(config)
        run.write_manifest(manifest)
        checkpoints.prune(run.checkpoints, config.report.keep + len(faults), state.best.step)
    fits = store.samples.nbytes < config.data.memory_mb * 1e6
    if device.type == "cuda" and fits and not store.mapped:
        store = store.to(device)
    sampler = Sampler(
        store,
        manifest.clips,
        config.spec,
        config.segment_frames,
        config.data,
        config.seed,
        data.mels,
    )
    held = held_clips(data, config)
    troubles = _write_clips(run, held, config) if processes.first else []
    had_events = run.events_file.exists()
    events = Events(run.events_file) if processes.first else None
    board = Board(
        run.tensorboard if processes.first and config.report.tensorboard else None, state.step
    )
    stepper = Stepper(state, sampler, objective, config, processes, device)
    loop = Loop(run, config, manifest, stepper, held, events, board, stop)
    reason, code = "failed", 1
    message = ""
    try:
        if events:
            # Killed before its first checkpoint, a run goes on from step 0.
            resumed = {"resumed_from": state.step} if had_events else {}
            _write_start(events, config, state.step, resumed, manifest, device, precision, loop)
            _write_warnings(events, state.step, saved, faults, manifest, held, troubles)
        reason = loop.run()
        code = stop.exit_code if reason != "finished" else 0
        return code
    except Exception as error:
        message = str(error) or type(error).__name__
        raise
    finally:
        if events:
            extra = {"message": message} if message else {}
            events.write(state.step, "stop", reason=reason, exit_code=code, **extra)
            events.close()
        board.close()


def _write_clips(run: RunDirectory, held: list[Held], config: Config) -> list[str]:
    """Says what went wrong: without the clips a run can be trained, not validated outside."""
    try:
        write_clips(run.validation, held, config)
    except OSError as error:
        return [f"{run.validation}: the validation clips can't be written: {error}"]
    return []


def _write_start(events, config, step, resumed, manifest, device, precision, loop) -> None:
    seconds = sum(clip.seconds for clip in manifest.of(manifests.TRAIN))
    events.write(
        step,
        "start",
        **resumed,
        preset=config.preset,
        architecture=config.architecture,
        steps=config.steps,
        parameters=sum(p.numel() for p in loop.state.generator.parameters()),
        training_seconds=round(seconds, 1),
        recordings=len(manifest.clips),
        skipped=len(manifest.skipped),
        manifest_sha256=manifest.sha256,
        device=str(device),
        precision=precision,
        processes=loop.stepper.processes.count,
        threads=torch.get_num_threads(),
        torch=torch.__version__,
        python=platform.python_version(),
        version=__version__,
    )


def _write_warnings(
    events: Events,
    step: int,
    saved: Saved | None,
    faults: list[str],
    manifest: Manifest,
    held: list[Held],
    troubles: list[str],
) -> None:
    messages = troubles + [f"{fault}; going on from the checkpoint before" for fault in faults]
    if saved and saved.torch_version != torch.__version__:
        messages.append(
            f"the checkpoint was written by PyTorch {saved.torch_version}, this is "
            f"{torch.__version__}: the run goes on, but not bit for bit"
        )
    messages += [f"left out: {name} {reason}" for name, reason in manifest.skipped]
    messages += manifest.notes
    if not held:
        messages.append(
            "nobody validates: there is one singer only, or none with enough sound; "
            "data.validation_folders names recordings of others"
        )
    for message in messages:
        print(f"warning: {message}", file=sys.stderr)
        events.write(step, "warning", message=message)


def _refuse_other_data(run: RunDirectory, manifest: Manifest) -> None:
    if not run.manifest_file.exists():
        return
    before = run.read_manifest()
    if before.sha256 == manifest.sha256:
        return
    old = {c.name: c for c in before.clips}
    new = {c.name: c for c in manifest.clips}
    odd = [f"{name} is gone" for name in old.keys() - new.keys()]
    odd += [f"{name} is new" for name in new.keys() - old.keys()]
    odd += [f"{name} has changed" for name in old.keys() & new.keys() if old[name] != new[name]]
    listed = "\n  ".join(sorted(odd)[:20])
    raise ValueError(
        f"{run.path} was started with other recordings; restore them, or start a new run: {listed}"
    )
