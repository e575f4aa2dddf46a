#!/usr/bin/env python3
"""Scores of Vocalise beside those of the peers' own packages, on singing they were not tested on.

Recordings are degraded in several ways (filter, noise, pitch, time, level, silence), scored by
auraloss, torchaudio, mir_eval and museval here, and by Vocalise in a process of its own. Prints a
table of the largest differences, and with --speed the CPU time of M-STFT, both in turn.

  pip install torch==2.11.0 torchaudio==2.11.0 auraloss==0.4.0 mir_eval==0.8.2 museval==0.4.1
  mvn -q -DskipTests -pl java/bench -am package
  scripts/compare_with_peers.py --data ../shared/data --speed
"""

import argparse
import subprocess
import sys
import tempfile
import time
import types
import warnings
from pathlib import Path

import auraloss
import numpy as np
import soundfile
import torch
import torchaudio
from scipy import signal

warnings.simplefilter("ignore")
# museval reads its data set by musdb, which wants ffmpeg; its formulas need neither.
sys.modules["musdb"] = types.ModuleType("musdb")
import mir_eval  # noqa: E402  (deprecated as a whole, which is said at import)
import museval  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
RATE = 22050
# Sources and channels; filters of each window take the peer minutes in stereo.
SHAPES = {
    "sources": ((2, 1), (3, 1)),
    "images": ((2, 1), (2, 2)),
    "museval_v4": ((2, 1), (3, 1), (2, 2)),
    "museval_v3": ((2, 1), (3, 1)),
}


class Vocalise:
    """Our scores, from a Java process that answers line by line."""

    def __init__(self, jar: Path):
        command = ["java", "-XX:+UseSerialGC", "-cp", str(jar), "org.vocalise.bench.PeerScores"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, *fields: object) -> list[str]:
        self.process.stdin.write("\t".join(map(str, fields)) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().rstrip("\n").split("\t")

    def pair(self, reference: Path, synthesis: Path) -> dict[str, float]:
        fields = (field.split("=") for field in self.ask("pair", reference, synthesis))
        return {key: float(value) for key, value in fields}

    def separation(self, name: str, files: list[Path]) -> np.ndarray:
        """Scores [window, source, (sdr, isr, sir, sar)]."""
        windows = self.ask("bss", name, *files)
        return np.array([[list(map(float, s.split(","))) for s in w.split(";")] for w in windows])

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def degraded(samples: np.ndarray, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Named versions of a recording, all of its length."""
    noise = rng.standard_normal(len(samples))
    low = signal.sosfilt(signal.butter(4, 3000, fs=RATE, output="sos"), samples)
    stretched = signal.resample(samples, int(len(samples) * 1.02))[: len(samples)]
    stretched = np.pad(stretched, (0, len(samples) - len(stretched)))
    phases = np.exp(2j * np.pi * rng.random(len(np.fft.rfft(samples))))
    scattered = np.fft.irfft(np.abs(np.fft.rfft(samples)) * phases, len(samples))
    return {
        "noise": samples + 0.01 * noise,
        "low pass": low,
        "slower": stretched,
        "quieter, late": 0.5 * np.roll(samples, 40),
        "16-bit rounding": np.round(samples * 32768) / 32768 + 1e-5 * noise,
        "scattered phase": 0.3 * scattered,
        "nearly silent": 1e-4 * samples,
    }


def torch_scores(reference: np.ndarray, synthesis: np.ndarray) -> dict[str, float]:
    """M-STFT by auraloss in both precisions, mss by torchaudio, SI-SDR by auraloss."""
    loss = auraloss.freq.MultiResolutionSTFTLoss()
    x, y = (torch.tensor(s)[None, None] for s in (synthesis, reference))
    scores = {"m_stft float32": loss(x, y).item()}
    x, y = x.double(), y.double()
    for resolution in loss.stft_losses:
        resolution.window = torch.hann_window(resolution.win_length, dtype=torch.float64)
    scores["m_stft"] = loss(x, y).item()
    scores["mss"] = 0.0
    for size in (1024, 512, 256, 128):
        spectrogram = torchaudio.transforms.Spectrogram(size, hop_length=size // 4).double()
        a, b = spectrogram(x), spectrogram(y)
        log = (torch.log2(a + 1e-7) - torch.log2(b + 1e-7)).abs().mean()
        scores["mss"] += ((a - b).abs().mean() + log).item()
    scores["si_sdr"] = -auraloss.time.SISDRLoss()(x, y).item()
    return scores


def compare_pairs(recordings: list[np.ndarray], ours: Vocalise, folder: Path) -> dict:
    """Largest relative (si_sdr: absolute) difference and number of pairs, by metric."""
    rng = np.random.default_rng(7)
    worst: dict[str, float] = {}
    count = 0
    for samples in recordings:
        for name, version in degraded(samples, rng).items():
            files = [folder / "reference.wav", folder / "synthesis.wav"]
            for file, wave in zip(files, (samples, version), strict=True):
                soundfile.write(file, wave.astype(np.float32), RATE, subtype="FLOAT")
            theirs = torch_scores(samples.astype(np.float32), version.astype(np.float32))
            own = ours.pair(*files)
            count += 1
            for key, value in theirs.items():
                difference = abs(own[key.split()[0]] - value)
                if key != "si_sdr":
                    difference /= value
                elif name == "nearly silent":
                    continue  # auraloss adds 1e-8 to energies: all that is left here
                if difference > worst.get(key, (-1, ""))[0]:
                    worst[key] = (difference, name)
    return {key: (*value, count) for key, value in worst.items()}


def stems(recordings: list[np.ndarray], channels: int, rng: np.random.Generator):
    """Two or three sources of up to 2.2 s and estimates with leaks, a filter and noise."""
    length = min(int(2.2 * RATE), *(len(r) for r in recordings))
    sources = []
    for samples in recordings:
        pan = rng.uniform(0.3, 1, channels)
        # Channels that were filters of each other would have no unique distortion filters.
        late = [np.roll(samples, 5000 * (c + 1)) for c in range(channels)]
        rows = [g * samples + 0.4 * r for g, r in zip(pan, late, strict=True)]
        sources.append(np.stack([row[:length] for row in rows], 1))
    references = np.stack(sources)
    estimates = []
    for j in range(len(sources)):
        taps = rng.standard_normal(20) * np.exp(-np.arange(20) / 3)
        filtered = signal.lfilter(taps / np.abs(taps).sum(), [1], references[j], axis=0)
        leak = sum(0.1 * rng.random() * references[k] for k in range(len(sources)) if k != j)
        estimates.append(filtered + leak + 1e-3 * rng.standard_normal(filtered.shape))
    return references.astype(np.float32), np.stack(estimates).astype(np.float32)


def peers_separation(name: str, references: np.ndarray, estimates: np.ndarray) -> np.ndarray:
    """Scores [window, source, (sdr, isr, sir, sar)] of mir_eval or museval."""
    if name == "sources":
        sdr, sir, sar, _ = mir_eval.separation.bss_eval_sources(
            references[:, :, 0], estimates[:, :, 0]
        )
        return np.stack([sdr, np.full_like(sdr, np.nan), sir, sar], 1)[None]
    if name == "images":
        found = mir_eval.separation.bss_eval_images(references, estimates)
        return np.stack(found[:4], 1)[None]
    found = museval.metrics.bss_eval(
        references, estimates, window=RATE, hop=RATE, framewise_filters=name == "museval_v3"
    )
    return np.stack(found[:4], 2).transpose(1, 0, 2)


def compare_separation(recordings: list[np.ndarray], name: str, ours: Vocalise, folder: Path):
    """Largest differences in dB of SDR, ISR, SIR and SAR, over mono and stereo sources."""
    rng = np.random.default_rng(11)
    worst = np.full(4, np.nan)
    for count, channels in SHAPES[name]:
        references, estimates = stems(recordings[:count], channels, rng)
        files = []
        for kind, tracks in (("reference", references), ("estimate", estimates)):
            for j, track in enumerate(tracks):
                files.append(folder / f"{kind}{j}.wav")
                soundfile.write(files[-1], track, RATE, subtype="FLOAT")
        theirs = peers_separation(name, references.astype(float), estimates.astype(float))
        own = ours.separation(name, files)
        difference = np.abs(own - theirs).reshape(-1, 4).max(axis=0)  # no ISR: nan
        worst = np.fmax(worst, difference)
    return worst


def compare_speed(samples: np.ndarray, ours: Vocalise, folder: Path) -> tuple[float, float]:
    """Least CPU seconds of M-STFT of 14 s, ours and auraloss', taken in turn on one core."""
    reference = np.resize(samples, 14 * RATE).astype(np.float32)
    rng = np.random.default_rng(3)
    synthesis = reference + 0.01 * rng.standard_normal(len(reference)).astype(np.float32)
    files = [folder / "reference.wav", folder / "synthesis.wav"]
    for file, wave in zip(files, (reference, synthesis), strict=True):
        soundfile.write(file, wave, RATE, subtype="FLOAT")
    x, y = (torch.tensor(s)[None, None] for s in (synthesis, reference))
    loss = auraloss.freq.MultiResolutionSTFTLoss()
    own, theirs = [], []
    for _ in range(25):
        own.append(float(ours.ask("time", *files)[0]))
        start = time.process_time()
        loss(x, y).item()
        theirs.append(time.process_time() - start)
    return min(own), min(theirs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--jar", type=Path, default=ROOT / "java/bench/target/benchmarks.jar")
    parser.add_argument("--recordings", type=int, default=6)
    parser.add_argument("--speed", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    recordings = []
    for file in sorted((arguments.data / "singing_open").glob("*VOX*.flac")):
        samples, rate = soundfile.read(file)
        if rate == RATE and len(samples) > 9 * RATE and samples.ndim == 1:
            middle = len(samples) // 2
            recordings.append(samples[middle : middle + 4 * RATE])
    recordings = [r for r in recordings if len(r) == 4 * RATE and np.abs(r).max() > 0.05]
    recordings = recordings[: arguments.recordings]
    ours = Vocalise(arguments.jar)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("| figure | peer | largest difference | of | at |\n|---|---|---|---|---|")
        peers = {"m_stft": "auraloss, float64", "m_stft float32": "auraloss, float32"}
        peers |= {"mss": "torchaudio, float64", "si_sdr": "auraloss, float64"}
        for key, (value, at, count) in compare_pairs(recordings, ours, folder).items():
            unit = " dB" if key == "si_sdr" else " relative"
            print(
                f"| {key.split()[0]} | {peers[key]} | {value:.1e}{unit} | {count} pairs | {at} |",
                flush=True,
            )
        for key in SHAPES:
            peer = "museval" if key.startswith("museval") else "mir_eval"
            values = compare_separation(recordings, key, ours, folder)
            shapes = ", ".join(f"{n} x {'stereo' if c > 1 else 'mono'}" for n, c in SHAPES[key])
            for figure, value in zip(("SDR", "ISR", "SIR", "SAR"), values, strict=True):
                if not np.isnan(value):
                    print(f"| {figure}, {key} | {peer} | {value:.1e} dB | {shapes} | |", flush=True)
        if arguments.speed:
            own, theirs = compare_speed(recordings[0], ours, folder)
            print(f"\nM-STFT of 14 s, CPU seconds: {own:.3f}, auraloss {theirs:.3f}", end="")
            print(f" ({theirs / own:.2f} times)")
    ours.close()


if __name__ == "__main__":
    main()
