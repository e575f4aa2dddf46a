"""Runs killed at any moment, and runs of several processes."""

import json
import multiprocessing
import os
import random
import shutil
import signal
import socket
import time

import pytest
import torch

from vocalise_train.training import checkpoints

# Children start with PyTorch already loaded.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["vocalise_train.training.run", "vocalise_train.__main__"])


def child(arguments: list[str], environment: dict[str, str]) -> None:
    os.environ.update(environment)
    torch.set_num_threads(1)
    from vocalise_train.__main__ import main

    os._exit(main(arguments))


def start(arguments: list[str], **environment: str):
    process = CONTEXT.Process(target=child, args=(arguments, environment))
    process.start()
    return process


def test_killed_at_twenty_random_moments_a_run_ends_with_the_same_weights(
    choir, preset, tmp_path, weights, assert_equal
):
    common = ["--preset", str(preset), "--data", str(choir)]
    # Checkpoints at every other step, so that many are killed while they are written.
    common += ["--set", "steps=160", "--set", "report.checkpoint_every=2"]
    whole = ["train", *common, "--run", str(tmp_path / "whole")]
    begin = time.monotonic()
    process = start(whole)
    process.join()
    assert process.exitcode == 0
    undisturbed = time.monotonic() - begin
    chance = random.Random(5)
    killed = half_written = 0
    parts = ["train", *common, "--run", str(tmp_path / "parts"), "--resume"]
    for _ in range(100):
        before = newest(tmp_path / "parts")
        process = start(parts)
        # Some while it starts, most while it trains.
        if chance.random() < 0.8:
            wait_for_progress(process, tmp_path / "parts", before)
        if killed < 20:
            process.join(chance.uniform(0, undisturbed / 60))
        if process.is_alive() and killed < 20:
            os.kill(process.pid, signal.SIGKILL)
            killed += 1
        process.join()
        half_written += len(list((tmp_path / "parts").glob("checkpoints/.step-*")))
        if process.exitcode == 0:
            break
    assert process.exitcode == 0
    assert killed == 20
    assert_equal(weights(tmp_path / "whole", 160), weights(tmp_path / "parts", 160))
    assert not list((tmp_path / "parts").rglob(".*"))
    lines = (tmp_path / "parts/events.jsonl").read_text().splitlines()
    assert json.loads(lines[-1])["kind"] == "stop"
    print(f"{killed} killed, {half_written} of them while writing")


def newest(run) -> int:
    return max(checkpoints.steps(run / "checkpoints"), default=0)


def wait_for_progress(process, run, before: int) -> None:
    while process.is_alive() and newest(run) == before:
        time.sleep(0.002)


def test_two_processes_train_as_one_with_the_doubled_batch(
    choir, preset, tmp_path, weights, events
):
    common = ["--preset", str(preset), "--data", str(choir), "--set", "report.log_every=1"]
    common += ["--set", "adversarial.discriminators=[patches]", "--set", "adversarial.start=4"]
    common += ["--set", "adversarial.channels=0.1"]
    one = start(["train", *common, "--run", str(tmp_path / "one"), "--set", "batch_size=4"])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    world = {"WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
    both = ["train", *common, "--run", str(tmp_path / "two"), "--set", "batch_size=2"]
    two = [start(both, RANK=str(r), LOCAL_RANK=str(r), **world) for r in range(2)]
    for process in (one, *two):
        process.join(120)
        assert process.exitcode == 0
    curves = [
        [e["losses"]["total"] for e in events(tmp_path / run) if e["kind"] == "train"]
        for run in ("one", "two")
    ]
    assert len(curves[0]) == 12
    assert curves[0] == pytest.approx(curves[1], rel=1e-4)
    a, b = weights(tmp_path / "one", 12), weights(tmp_path / "two", 12)
    # AdamW's first steps go by the gradients' signs, which rounding may turn.
    for key in (k for k in a if k.startswith("generator/")):
        torch.testing.assert_close(a[key], b[key], rtol=1e-2, atol=2e-3)


def test_second_machine_needs_no_folder_of_the_first(choir, preset, tmp_path, weights, events):
    common = ["--preset", str(preset), "--data", str(choir), "--set", "batch_size=2"]

    def train(name, steps, *more):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        world = {"WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
        two = []
        for rank in range(2):
            run = ["--run", str(tmp_path / f"{name}-{rank}"), "--set", f"steps={steps}", *more]
            two.append(start(["train", *common, *run], RANK=str(rank), LOCAL_RANK="0", **world))
        for process in two:
            process.join(120)
            assert process.exitcode == 0

    train("whole", 12)
    train("parted", 12, "--set", "report.checkpoint_every=3")
    shutil.rmtree(tmp_path / "parted-0" / "checkpoints" / "step-00000012")
    train("parted", 12, "--set", "report.checkpoint_every=3", "--resume")
    assert [e.get("resumed_from") for e in events(tmp_path / "parted-0") if e["kind"] == "start"]
    assert not (tmp_path / "parted-1" / "config.yaml").exists()
    a, b = weights(tmp_path / "whole-0", 12), weights(tmp_path / "parted-0", 12)
    for key in a:
        torch.testing.assert_close(a[key], b[key], rtol=0, atol=0)
