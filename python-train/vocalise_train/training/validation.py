"""Whole clips through the generator: scored, to be heard and seen."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import torch
from torch import Tensor

from vocalise_train.losses.stft import multi_resolution_stft_loss
from vocalise_train.models.generator import Generator
from vocalise_train.training import pictures
from vocalise_train.training.config import Config
from vocalise_train.training.held import Held, to_int16
from vocalise_train.training.objective import Objective


@dataclass(frozen=True)
class Validated:
    """Scores of each clip, and what each clip became: samples that a file of 16 bits can hold."""

    distances: list[float]
    waves: list[Tensor]

    @property
    def scores(self) -> dict[str, float]:
        """Means over clips."""
        return {"m_stft": float(np.mean(self.distances))}


@torch.no_grad()
def validate(
    generator: Generator, objective: Objective, held: list[Held], device: torch.device
) -> Validated:
    """Runs the generator on the mels of whole clips.

    What is scored, in double precision, is what is written, so that others can score the same.

    Raises:
        ValueError: what the generator makes is not finite.
    """
    waves, distances = [], []
    training_dtype, generator.trunk_dtype = generator.trunk_dtype, None
    try:
        for clip in held:
            made = objective.wave(generator(clip.mel[None].to(device)))[0].float().cpu()
            if not made.isfinite().all():
                raise ValueError("what the generator makes is not finite")
            wave = torch.from_numpy(to_int16(made)).float() / 32768
            waves.append(wave)
            distance = multi_resolution_stft_loss(wave[None].double(), clip.wave[None].double())
            distances.append(float(distance))
    finally:
        generator.trunk_dtype = training_dtype
    return Validated(distances, waves)


def write_samples(folder: Path, held: list[Held], waves: list[Tensor], config: Config) -> list[str]:
    """Writes WAV files and pictures (recording above); returns the sounds' names."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for clip, wave in list(zip(held, waves, strict=True))[: config.report.samples]:
        soundfile.write(
            folder / f"{clip.stem}.wav", to_int16(wave), config.spec.sample_rate, "PCM_16"
        )
        pictures.save(pictures.pair(clip.wave, wave, config.spec), folder / f"{clip.stem}.png")
        names.append(f"{clip.stem}.wav")
    return names
