"""librosa's and torchaudio's side of `vocalise bench`.

`peers.py worker` answers requests on standard input, words parted by tabs:
`librosa FILE ITERATIONS` and `torchaudio FILE ITERATIONS`, each with a line
`CPU_SECONDS WALL_SECONDS SPECTRAL_CONVERGENCE`, on one thread. `peers.py mel IN OUT` makes
the mels of a folder's FLAC and WAV files with torchaudio and ends.
"""

import sys
import time
from pathlib import Path

import numpy as np
import soundfile
import torch

N_FFT, HOP = 1024, 256


def librosa_griffin_lim(magnitude, iterations):
    import librosa

    return librosa.griffinlim(
        magnitude, n_iter=iterations, hop_length=HOP, n_fft=N_FFT, random_state=0
    )


def torchaudio_griffin_lim(magnitude, iterations):
    import torchaudio

    return torchaudio.functional.griffinlim(
        torch.from_numpy(magnitude),
        window=torch.hann_window(N_FFT),
        n_fft=N_FFT,
        hop_length=HOP,
        win_length=N_FFT,
        power=1.0,
        n_iter=iterations,
        momentum=0.99,
        length=None,
        rand_init=True,
    ).numpy()


METHODS = {"librosa": librosa_griffin_lim, "torchaudio": torchaudio_griffin_lim}


def stft_magnitude(samples):
    spectrum = torch.stft(
        torch.from_numpy(samples),
        N_FFT,
        HOP,
        window=torch.hann_window(N_FFT),
        pad_mode="constant",
        return_complex=True,
    )
    return spectrum.abs().numpy()


def measure(method, file, iterations):
    samples, _ = soundfile.read(file, dtype="float32")
    magnitude = stft_magnitude(samples)
    cpu, wall = time.process_time(), time.perf_counter()
    signal = METHODS[method](magnitude, iterations)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    found = stft_magnitude(np.asarray(signal, dtype=np.float32))
    frames = min(found.shape[1], magnitude.shape[1])
    difference = np.linalg.norm(magnitude[:, :frames] - found[:, :frames])
    return cpu, wall, difference / np.linalg.norm(magnitude[:, :frames])


def worker():
    for line in sys.stdin:
        method, file, iterations = line.rstrip("\n").split("\t")
        print(*measure(method, file, int(iterations)), flush=True)


def mel(source, target):
    import torchaudio

    transform = torchaudio.transforms.MelSpectrogram(
        sample_rate=22050,
        n_fft=N_FFT,
        hop_length=HOP,
        n_mels=80,
        f_min=0,
        f_max=8000,
        center=False,
        power=2,
        norm=None,
        mel_scale="htk",
    )
    target = Path(target)
    target.mkdir(parents=True, exist_ok=True)
    for file in sorted(Path(source).rglob("*")):
        if file.suffix.lower() not in (".wav", ".flac"):
            continue
        samples, rate = soundfile.read(file, dtype="float32", always_2d=True)
        samples = torch.from_numpy(samples.mean(axis=1))
        if rate != 22050:
            samples = torchaudio.functional.resample(samples, rate, 22050)
        padding = (N_FFT - HOP) // 2
        values = transform(torch.nn.functional.pad(samples, (padding, padding)))
        np.save(target / (file.stem + ".npy"), values.numpy())


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        torch.set_num_threads(1)
        worker()
    else:
        mel(sys.argv[2], sys.argv[3])
