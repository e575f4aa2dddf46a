"""Whole clips through the generator: scored, to be heard and seen."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import torch
from torch import Tensor

from vocalise_train.data.manifest import VALIDATION
from vocalise_train.losses.stft import multi_resolution_stft_loss
from vocalise_train.mel import mel_spectrogram
from vocalise_train.models.generator import Generator
from vocalise_train.training import pictures
from vocalise_train.training.config import Config
from vocalise_train.training.dataset import Dataset
from vocalise_train.training.objective import Objective


@dataclass(frozen=True)
class Held:
    """A recording to validate on: its name, samples ``[hop T]`` and mel ``[bands, T]``."""

    name: str
    wave: Tensor
    mel: Tensor


@dataclass(frozen=True)
class Validated:
    """Scores, means over clips, and what each clip became."""

    scores: dict[str, float]
    waves: list[Tensor]


def held_clips(data: Dataset, config: Config) -> list[Held]:
    """The recordings that validate, cut to ``clip_seconds`` from their first sound on.

    Of many, some are taken at even distances.
    """
    clips, store, spec = data.manifest.clips, data.store, config.spec
    limit = int(config.report.clip_seconds * spec.sample_rate)
    places = [i for i, clip in enumerate(clips) if clip.split == VALIDATION]
    count = min(config.report.clips, len(places))
    chosen = [places[i * len(places) // count] for i in range(count)]
    held = []
    for place in chosen:
        wave = store.clip(place).cpu()
        audible = store.audible[place]
        start = min(int(audible[0]) if len(audible) else 0, max(0, len(wave) - limit))
        first = start // spec.hop
        frames = min(limit, len(wave) - first * spec.hop) // spec.hop
        if data.mels:
            frames = min(frames, data.mels[place].shape[1] - first)
        if frames < 16:
            continue
        wave = wave[first * spec.hop :][: frames * spec.hop]
        if data.mels:
            mel = torch.from_numpy(data.mels[place][:, first : first + frames])
        else:
            mel = mel_spectrogram(wave, spec)
        held.append(Held(clips[place].name, wave, mel))
    return held


@torch.no_grad()
def validate(
    generator: Generator, objective: Objective, held: list[Held], device: torch.device
) -> Validated:
    """Runs the generator on the mels of whole clips."""
    waves, distances = [], []
    training_dtype, generator.trunk_dtype = generator.trunk_dtype, None
    try:
        for clip in held:
            wave = objective.wave(generator(clip.mel[None].to(device)))[0].float().cpu()
            waves.append(wave)
            distances.append(float(multi_resolution_stft_loss(wave[None], clip.wave[None])))
    finally:
        generator.trunk_dtype = training_dtype
    return Validated({"m_stft": float(np.mean(distances))}, waves)


def write_samples(folder: Path, held: list[Held], waves: list[Tensor], config: Config) -> list[str]:
    """Writes WAV files and pictures (recording above); returns the sounds' names."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for clip, wave in list(zip(held, waves, strict=True))[: config.report.samples]:
        name = clip.name.replace("/", "_").rsplit(".", 1)[0]
        soundfile.write(
            folder / f"{name}.wav", wave.clamp(-1, 1).numpy(), config.spec.sample_rate, "PCM_16"
        )
        pictures.save(pictures.pair(clip.wave, wave, config.spec), folder / f"{name}.png")
        names.append(f"{name}.wav")
    return names
