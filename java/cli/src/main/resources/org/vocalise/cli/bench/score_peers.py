"""auraloss's and torchcrepe's side of `vocalise bench score`.

`score_peers.py worker` answers requests on standard input, words parted by tabs: `m_stft
REFERENCE SYNTHESIS` and `crepe CAPACITY FILE`, each with a line `CPU_SECONDS WALL_SECONDS VALUE`,
on one thread. `score_peers.py whole REFERENCES SYNTHESES` prints the mean M-STFT of two folders.
"""

import sys
import time
from pathlib import Path

import soundfile
import torch


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
        print(*(m_stft if method == "m_stft" else crepe)(first, second), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        worker()
    else:
        whole(sys.argv[2], sys.argv[3])
