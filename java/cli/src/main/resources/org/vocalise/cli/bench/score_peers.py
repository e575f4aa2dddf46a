"""auraloss's, torchcrepe's and torchvggish's side of `vocalise bench score`.

`score_peers.py worker` answers requests on standard input, words parted by tabs: `m_stft
REFERENCE SYNTHESIS`, `crepe CAPACITY FILE` and `vggish NETWORK FILE`, each with a line `CPU_SECONDS
WALL_SECONDS VALUE`, on one thread. `score_peers.py whole REFERENCES SYNTHESES` prints the mean
M-STFT of two folders. VGGish is built here as torchvggish builds it, with random weights.
"""

import functools
import sys
import time
from pathlib import Path

import numpy as np
import soundfile
import torch
from torch import nn


def read(file):
    samples, _ = soundfile.read(file, dtype="float32")
    return torch.from_numpy(samples)[None]


def timed(work):
    cpu, wall = time.process_time(), time.perf_counter()
    value = work()
    return time.process_time() - cpu, time.perf_counter() - wall, float(value)


def m_stft(reference, synthesis):
    import auraloss

    loss = auraloss.freq.MultiResolutionSTFTLoss()
    pair = read(synthesis)[None], read(reference)[None]
    return timed(lambda: loss(*pair))


def crepe(capacity, file):
    import torchaudio
    import torchcrepe

    audio = torchaudio.functional.resample(read(file), 22050, 16000)

    def work():
        hz, _ = torchcrepe.predict(
            audio, 16000, 160, 50, 1000, capacity, batch_size=128, return_periodicity=True
        )
        return hz.mean()

    with torch.inference_mode():
        return timed(work)


@functools.cache
def vggish_network():
    torch.manual_seed(0)
    layers, inputs = [], 1
    for block in (64,), (128,), (256, 256), (512, 512):
        for outputs in block:
            layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU()]
            inputs = outputs
        layers.append(nn.MaxPool2d(2))
    layers.append(nn.Flatten())
    for inputs, outputs in (512 * 6 * 4, 4096), (4096, 4096), (4096, 128):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1]).eval()


@functools.cache
def vggish_bank():
    """Triangles of 64 bands, 125 to 7500 Hz, over the bins of 512 samples at 16 kHz."""
    edges = np.linspace(*(1127 * np.log(1 + np.array([125, 7500]) / 700)), 66)
    mels = 1127 * np.log(1 + np.arange(257) * 16000 / 512 / 700)[:, None]
    rising = (mels - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - mels) / (edges[2:] - edges[1:-1])
    return np.maximum(0, np.minimum(rising, falling))


def vggish(_, file):
    import torchaudio

    audio = torchaudio.functional.resample(read(file), 22050, 16000)[0].double().numpy()
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(400) / 400)

    def work():
        frames = np.lib.stride_tricks.sliding_window_view(audio, 400)[::160]
        magnitudes = np.abs(np.fft.rfft(frames * window, 512))
        log_mel = np.log(magnitudes @ vggish_bank() + 0.01)
        count = len(log_mel) // 96
        patches = torch.from_numpy(log_mel[: count * 96]).float().reshape(count, 1, 96, 64)
        return vggish_network()(patches).mean()

    with torch.inference_mode():
        return timed(work)


METHODS = {"m_stft": m_stft, "crepe": crepe, "vggish": vggish}


def whole(references, syntheses):
    import auraloss

    loss = auraloss.freq.MultiResolutionSTFTLoss()
    files = sorted(Path(syntheses).glob("*.wav"))
    scores = [loss(read(file)[None], read(Path(references) / file.name)[None]) for file in files]
    print(float(sum(scores)) / len(scores))


def worker():
    torch.set_num_threads(1)
    for line in sys.stdin:
        method, first, second = line.rstrip("\n").split("\t")
        print(*METHODS[method](first, second), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        worker()
    else:
        whole(sys.argv[2], sys.argv[3])
