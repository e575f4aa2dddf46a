"""PyTorch's and ONNX Runtime's side of `vocalise bench`; needs vocalise_train.

`model_peers.py make ARCHITECTURE CHECKPOINT ONNX` makes a model with random weights.
`model_peers.py vocode CHECKPOINT MELS OUT` makes WAV files of a folder's mels with PyTorch.
`model_peers.py worker` answers requests on standard input, words parted by tabs:
`onnx MODEL THREADS MEL...` and `torch CHECKPOINT THREADS MEL...`, each with a line
`CPU_SECONDS WALL_SECONDS MELS`.
"""

import sys
import time
from functools import lru_cache
from pathlib import Path

import numpy as np


@lru_cache(maxsize=1)
def onnx_runner(model, threads):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return lambda mel: session.run(None, {"mel": mel})


@lru_cache(maxsize=1)
def torch_generator(checkpoint):
    from vocalise_train import checkpoint as checkpoints

    generator, _ = checkpoints.load(Path(checkpoint)).generator()
    return generator


def torch_runner(checkpoint, threads):
    import torch

    torch.set_num_threads(threads)
    generator = torch_generator(checkpoint)

    def run(mel):
        with torch.inference_mode():
            return generator(torch.from_numpy(mel))

    return run


RUNNERS = {"onnx": onnx_runner, "torch": torch_runner}


def worker():
    for line in sys.stdin:
        kind, model, threads, *files = line.rstrip("\n").split("\t")
        run = RUNNERS[kind](model, int(threads))
        mels = [np.load(file)[None] for file in files]
        cpu, wall = time.process_time(), time.perf_counter()
        for mel in mels:
            run(mel)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        print(cpu, wall, len(mels), flush=True)


def make(architecture, checkpoint, onnx):
    from vocalise_train import checkpoint as checkpoints
    from vocalise_train import export
    from vocalise_train.mel import NTU

    made = checkpoints.random_checkpoint(architecture, architecture, NTU, seed=0)
    made.save(Path(checkpoint))
    export.write(made, Path(onnx))


def vocode(checkpoint, mels, out):
    import soundfile
    import torch

    generator = torch_generator(checkpoint)
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    for file in sorted(Path(mels).glob("*.npy")):
        with torch.inference_mode():
            audio = generator(torch.from_numpy(np.load(file)[None]))
        samples = audio[0].clamp(-1, 1).numpy()
        soundfile.write(out / f"{file.stem}.wav", samples, generator.spec.sample_rate, "PCM_16")


COMMANDS = {"worker": worker, "make": make, "vocode": vocode}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]](*sys.argv[2:])
