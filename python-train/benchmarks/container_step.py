"""How long a step of the preset small takes in a container, compared with one outside.

    python benchmarks/container_step.py --data DIR [--image vocalise-train] [--core 0] [--rounds 8]

Two of each are started and make a few steps in turns, all on one core, so that whatever else the
machine does meets all of them. Prints CPU seconds of a step, page faults, and the median and range
of the rounds' ratios to the first process. The engine must be this machine's.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STEPS = 4


def make_steps(data: Path) -> None:
    """Makes some steps for each line that comes in, and prints what they cost."""
    import torch

    from vocalise_train.data.batches import Sampler
    from vocalise_train.training import dataset, devices, presets
    from vocalise_train.training.objective import Objective
    from vocalise_train.training.processes import Processes
    from vocalise_train.training.state import new_state
    from vocalise_train.training.stepper import Stepper

    config = presets.with_folders(presets.resolve("small", []), [data])
    device = torch.device("cpu")
    torch.set_num_threads(1)
    found = dataset.load(config, Path(tempfile.gettempdir()))
    state = new_state(config, device)
    devices.set_precision(devices.precision_of(config, device), state.generator)
    sampler = Sampler(
        found.store,
        found.manifest.clips,
        config.spec,
        config.segment_frames,
        config.data,
        config.seed,
        found.mels,
    )
    objective = Objective(config, state.generator.output)
    stepper = Stepper(state, sampler, objective, config, Processes.from_environment(device), device)
    stepper.step()
    print("ready", time.process_time(), flush=True)
    for _ in sys.stdin:
        faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        begin = time.process_time()
        for _ in range(STEPS):
            stepper.step()
        seconds = (time.process_time() - begin) / STEPS
        faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - faults
        print(seconds, faults // STEPS, flush=True)


def commands(options: argparse.Namespace) -> dict[str, list[str]]:
    """Command lines by name; the container is as isolated as the launcher's."""
    script = Path(__file__).resolve()
    words = ["--worker", "--data"]
    process = ["taskset", "-c", options.core, sys.executable, str(script), *words]
    container = ["docker", "run", "-i", "--rm", "--init", "--cpuset-cpus", options.core]
    container += ["--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--read-only"]
    container += ["--tmpfs", "/tmp:rw,exec,nosuid,nodev", "--network", "none"]
    container += ["-v", f"{options.data.resolve()}:/data:ro", "-v", f"{script}:/worker.py:ro"]
    container += ["--entrypoint", "python", options.image, "/worker.py", *words]
    return {
        f"{name} {i}": command
        for i in (1, 2)
        for name, command in {
            "process": [*process, str(options.data.resolve())],
            "container": [*container, "/data"],
        }.items()
    }


def in_turns(options: argparse.Namespace) -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    package = Path(__file__).resolve().parents[1]
    workers = {}
    for name, command in commands(options).items():
        workers[name] = subprocess.Popen(
            command, env=os.environ | {"PYTHONPATH": str(package)}, **pipes
        )
        word, seconds = (workers[name].stdout.readline().split() or ["", 0])[:2]
        if word != "ready":
            raise SystemExit(f"{name} does not begin: {' '.join(command)}")
        print(f"{name}: {float(seconds):.1f} s of CPU to the end of the first step")
    made = {name: [] for name in workers}
    for turn in range(options.rounds):
        for name in list(workers)[:: -1 if turn % 2 else 1]:
            workers[name].stdin.write("go\n")
            made[name].append([float(x) for x in workers[name].stdout.readline().split()])
    for worker in workers.values():
        worker.stdin.close()
    first = made["process 1"]
    for name, rounds in made.items():
        ratios = [a[0] / b[0] for a, b in zip(rounds, first, strict=True)]
        seconds, faults = (statistics.median(column) for column in zip(*rounds, strict=True))
        print(
            f"{name}: {seconds:.4f} s a step, {faults:.0f} faults, "
            f"{statistics.median(ratios):.4f} [{min(ratios):.4f}, {max(ratios):.4f}]"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--image", default="vocalise-train")
    parser.add_argument("--core", default="0")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        make_steps(options.data)
    else:
        in_turns(options)


if __name__ == "__main__":
    main()
