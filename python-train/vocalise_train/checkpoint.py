"""Checkpoints of generators: safetensors files that describe themselves, no pickles."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn

from vocalise_train import weight_norm
from vocalise_train.mel import MelSpec
from vocalise_train.models import ARCHITECTURES, Architecture, architecture_from_json
from vocalise_train.models.generator import Generator

UNKNOWN = "unknown"
_KEY = "vocalise"


@dataclass(frozen=True)
class Description:
    """What a checkpoint says about itself.

    ``created`` is ISO 8601 in UTC; texts, and ``steps``, are ``unknown`` where an imported
    checkpoint doesn't tell. ``training_data`` names recordings and their licences.
    """

    name: str
    architecture: Architecture
    mel: MelSpec
    steps: int | str
    created: str
    training_data: str
    licences: str
    config: dict[str, Any] = field(default_factory=dict)
    """The training run's settings, or what was imported."""

    @property
    def config_sha256(self) -> str:
        """Hash of everything that the weights were trained with, in canonical JSON."""
        content = [self.architecture.to_json(), self.mel.to_json(), self.config]
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def to_json(self) -> str:
        return json.dumps(asdict(self) | {"mel": self.mel.to_json()}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Description":
        values = json.loads(text)
        values["architecture"] = architecture_from_json(values["architecture"])
        values["mel"] = MelSpec.from_json(values["mel"])
        return cls(**values)


@dataclass(frozen=True)
class Checkpoint:
    """A generator's weights, as trained, and what they are."""

    description: Description
    state: dict[str, Tensor]

    def generator(self) -> tuple[Generator, int]:
        """The generator with plain weights, ready to run, and how many norms were folded.

        Raises:
            ValueError: the weights are not those of the architecture.
        """
        generator = self.description.architecture.build(self.description.mel)
        state, folded = weight_norm.fold(self.state)
        try:
            weight_norm.strip(generator).load_state_dict(state)
        except RuntimeError as error:
            name = self.description.architecture.name
            raise ValueError(f"the weights are not those of {name}: {error}") from error
        return generator.eval(), folded

    def save(self, path: Path) -> None:
        """Writes the file under a temporary name, then renames it."""
        partial = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            # One key alone: safetensors writes several in any order. Its own save_file makes files
            # that no other user may read.
            partial.write_bytes(save(self.state, {_KEY: self.description.to_json()}))
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)


def load(path: Path) -> Checkpoint:
    """Reads a checkpoint.

    Raises:
        ValueError: the file is none; the message names it and says why.
    """
    try:
        with safe_open(path, "pt") as file:
            text = (file.metadata() or {}).get(_KEY)
            if text is None:
                raise ValueError(
                    f"{path}: no checkpoint of vocalise_train, its header lacks {_KEY!r}; "
                    "import-hifigan makes one of a g_... file"
                )
            state = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
        return Checkpoint(Description.from_json(text), state)
    except (SafetensorError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path}: no checkpoint of vocalise_train: {error}") from error


def random_checkpoint(name: str, architecture: str, mel: MelSpec, seed: int) -> Checkpoint:
    """An untrained checkpoint whose weights let signals through, for tests and benchmarks."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        generator = ARCHITECTURES[architecture].build(mel)
        if ARCHITECTURES[architecture].family == "hifigan":
            _let_signals_through(generator)
    description = Description(
        name, ARCHITECTURES[architecture], mel, 0, now(), "none", "none", {"seed": seed}
    )
    return Checkpoint(description, generator.state_dict())


def now() -> str:
    """The time, or that of ``SOURCE_DATE_EPOCH`` for reproducible files."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    time = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def _let_signals_through(generator: nn.Module) -> None:
    """Draws weights that keep a signal's power from layer to layer.

    HiFi-GAN's own start (deviations of .01) makes an almost silent output, on which errors of an
    export or of chunks don't show.
    """
    for layer in generator.modules():
        if isinstance(layer, nn.Conv1d | nn.ConvTranspose1d):
            inputs = layer.in_channels * layer.kernel_size[0] / layer.stride[0]
            # Assigned, not changed in place: the parametrisation takes it apart again.
            layer.weight = torch.randn_like(layer.weight) * (0.7 / inputs**0.5)
