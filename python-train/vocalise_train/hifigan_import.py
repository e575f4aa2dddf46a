"""Reads generators published in HiFi-GAN's format: ``g_...`` with its ``config.json``."""

import json
import re
from pathlib import Path
from typing import Any

import torch

from vocalise_train.checkpoint import UNKNOWN, Checkpoint, Description
from vocalise_train.convert.weights import load
from vocalise_train.mel import MelSpec
from vocalise_train.models import architecture_of
from vocalise_train.models.hifigan import HifiganConfig


def import_hifigan(weights: Path, config: Path, name: str) -> Checkpoint:
    """Makes a checkpoint of published weights; unpickles tensors and plain containers alone.

    Raises:
        ValueError: a file is not what it should be; the message names it.
    """
    try:
        values = json.loads(config.read_text(encoding="utf-8"))
        architecture = architecture_of(generator_sizes(values))
        spec = mel_spec(values)
    except KeyError as error:
        raise ValueError(f"{config}: {error} is missing") from error
    except ValueError as error:
        raise ValueError(f"{config}: {error}") from error
    state = _state(weights)
    digits = re.fullmatch(r"g_(\d+)", weights.name)
    steps = int(digits[1]) if digits else UNKNOWN
    description = Description(
        name, architecture, spec, steps, UNKNOWN, UNKNOWN, UNKNOWN, {"imported": values}
    )
    checkpoint = Checkpoint(description, state)
    try:
        checkpoint.generator()
    except ValueError as error:
        raise ValueError(f"{weights}: {error}") from error
    return checkpoint


def mel_spec(config: dict[str, Any]) -> MelSpec:
    """The mel of HiFi-GAN's ``meldataset.py`` with a configuration's sizes."""
    rate = config["sampling_rate"]
    highest = config["fmax"]
    return MelSpec(
        sample_rate=rate,
        n_fft=config["n_fft"],
        window_length=config["win_size"],
        hop=config["hop_size"],
        bands=config["num_mels"],
        f_min=float(config["fmin"]),
        f_max=rate / 2 if highest is None else float(highest),
        scale="slaney",
        norm="slaney",
        padding="reflect",
        spectrum="magnitude_eps",
        log="ln",
        floor=1e-5,
    )


def generator_sizes(config: dict[str, Any]) -> HifiganConfig:
    """The sizes that a configuration names."""
    return HifiganConfig(
        str(config["resblock"]),
        tuple(config["upsample_rates"]),
        tuple(config["upsample_kernel_sizes"]),
        config["upsample_initial_channel"],
        tuple(config["resblock_kernel_sizes"]),
        tuple(tuple(dilations) for dilations in config["resblock_dilation_sizes"]),
    )


def _state(weights: Path) -> dict[str, torch.Tensor]:
    content = load(weights)
    state = content.get("generator") if isinstance(content, dict) else None
    if not isinstance(state, dict) or not all(isinstance(v, torch.Tensor) for v in state.values()):
        raise ValueError(f"{weights}: no HiFi-GAN generator, it has no weights under 'generator'")
    return {key: value.float().contiguous() for key, value in state.items()}
