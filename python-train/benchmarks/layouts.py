"""How fast each generator runs on ONNX Runtime's CPU provider, by layout and by chunk.

    python benchmarks/layouts.py [ARCHITECTURE...]

Prints seconds of audio per second of CPU time on one thread for a mel of 10 s: PyTorch, the plain
export, the export with convolutions of height 1; then, for the faster export, the same mel in
chunks with their context. The kinds take turns; of several rounds the best counts.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import replace

import torch

from vocalise_train import export, onnx_graph
from vocalise_train.checkpoint import random_checkpoint
from vocalise_train.mel import NTU
from vocalise_train.models import ARCHITECTURES
from vocalise_train.models.generator import Generator

FRAMES = 861
SECONDS = FRAMES * NTU.hop / NTU.sample_rate
CHUNKS = (64, 128, 192, 256, 320, 448, 640, 1024)
ROUNDS = 5


def speeds(runs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Seconds of audio per second of CPU time of each, best of the rounds."""
    best = dict.fromkeys(runs, float("inf"))
    for round_number in range(ROUNDS + 1):
        for name, run in runs.items():
            start = time.process_time()
            run()
            if round_number > 0:
                best[name] = min(best[name], time.process_time() - start)
    return {name: SECONDS / seconds for name, seconds in best.items()}


def session_of(generator: Generator, height_one: bool):
    generator.serving = replace(generator.serving, height_one=height_one)
    return onnx_graph.session(export.to_onnx(generator))


def in_chunks(session, mel, chunk: int, context: int) -> None:
    for start in range(0, FRAMES, chunk):
        first, last = max(0, start - context), min(FRAMES, start + chunk + context)
        session.run(None, {"mel": mel[:, :, first:last].copy()})


def measure(name: str) -> None:
    generator, _ = random_checkpoint(name, name, NTU, seed=0).generator()
    mel = export.example_mel(NTU, FRAMES)[None]
    values = mel.numpy()
    context = generator.serving.context_frames
    plain, high = session_of(generator, False), session_of(generator, True)
    with torch.inference_mode():
        whole = speeds(
            {
                "torch": lambda: generator(mel),
                "1-D": lambda: plain.run(None, {"mel": values}),
                "H = 1": lambda: high.run(None, {"mel": values}),
            }
        )
    print(name, *(f"{kind} {speed:.1f}" for kind, speed in whole.items()), sep="  ", flush=True)
    best = high if whole["H = 1"] > whole["1-D"] else plain
    chunked = speeds({str(n): lambda n=n: in_chunks(best, values, n, context) for n in CHUNKS})
    print("  chunks", *(f"{n}: {speed:.1f}" for n, speed in chunked.items()), sep="  ", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("architectures", nargs="*", default=list(ARCHITECTURES))
    torch.set_num_threads(1)
    for architecture in parser.parse_args().architectures:
        measure(architecture)
