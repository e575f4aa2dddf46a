"""EfficientAT in PyTorch, its front end included, for the test of the Java one.

``python efficientat_peer.py signal.wav weights.pt mel.npy vectors.npy`` writes the mel
``[128, frames]`` of a recording at 32 kHz and the embeddings ``[windows, 384]`` of its seconds.
"""

import sys
from pathlib import Path

import numpy as np
import soundfile
import torch
import torchaudio

from vocalise_train.convert import efficientat


def mel_of(wave: torch.Tensor) -> torch.Tensor:
    """EfficientAT's mel ``[128, frames]`` of 32 kHz audio, as its published front end makes it."""
    emphasised = (wave[1:] - 0.97 * wave[:-1])[None]
    spectrum = torch.stft(
        emphasised, 1024, 320, 800, torch.hann_window(800, periodic=False), return_complex=True
    )
    filters, _ = torchaudio.compliance.kaldi.get_mel_banks(
        128, 1024, 32000.0, 0.0, 15000.0, 100.0, -500.0, 1.0
    )
    power = spectrum.abs().square()[0]
    mel = torch.nn.functional.pad(filters, (0, 1)) @ power
    return ((mel + 1e-5).log() + 4.5) / 5


def main() -> None:
    signal, weights, mel_file, vector_file = map(Path, sys.argv[1:])
    samples, rate = soundfile.read(signal, dtype="float32")
    assert rate == 32000
    mel = mel_of(torch.from_numpy(samples))
    windows = torch.stack(mel.split(100, dim=1)[: mel.shape[1] // 100])
    with torch.no_grad():
        vectors, _ = efficientat.read(weights)(windows)
    np.save(mel_file, mel.numpy())
    np.save(vector_file, vectors.numpy())


if __name__ == "__main__":
    main()
