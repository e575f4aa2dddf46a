"""Everything that a run carries from step to step."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from vocalise_train import checkpoint, weight_norm
from vocalise_train.discriminators import Discriminators
from vocalise_train.models.generator import Generator, OutputKind
from vocalise_train.training import optimisation
from vocalise_train.training.config import Config
from vocalise_train.training.optimisation import Average


@dataclass
class Best:
    """The best validation so far: its value (lower is better) and its step."""

    value: float | None = None
    step: int | None = None


@dataclass
class TrainingState:
    """Networks, optimisers and counters; what of them is saved is ``tensors`` and ``numbers``.

    ``life`` counts the roll-backs.
    """

    generator: Generator
    discriminators: Discriminators | None
    optimiser: torch.optim.Optimizer
    discriminator_optimiser: torch.optim.Optimizer | None
    average: Average | None
    step: int = 0
    life: int = 0
    best: Best = field(default_factory=Best)

    @property
    def exported(self) -> Generator:
        """The generator whose weights are validated and exported."""
        return self.average.network if self.average else self.generator

    def tensors(self) -> dict[str, Tensor]:
        named = {"random": torch.get_rng_state()}
        for prefix, tensors in self._parts():
            named |= {f"{prefix}/{key}": value for key, value in tensors.items()}
        return {key: value.detach().cpu().contiguous() for key, value in named.items()}

    def numbers(self) -> dict[str, Any]:
        return {
            "step": self.step,
            "life": self.life,
            "best": {"value": self.best.value, "step": self.best.step},
        }

    def load(self, tensors: dict[str, Tensor], numbers: dict[str, Any]) -> None:
        """Takes over a saved state.

        Raises:
            ValueError: it is that of other networks.
        """
        parts: dict[str, dict[str, Tensor]] = {}
        for key, value in tensors.items():
            prefix, _, name = key.partition("/")
            parts.setdefault(prefix, {})[name] = value
        try:
            self.generator.load_state_dict(parts["generator"])
            optimisation.load_optimiser(self.optimiser, parts.get("optimiser", {}))
            if self.discriminators:
                self.discriminators.load_state_dict(parts["discriminators"])
                optimisation.load_optimiser(
                    self.discriminator_optimiser, parts.get("discriminator_optimiser", {})
                )
            if self.average:
                self.average.network.load_state_dict(parts["average"])
            torch.set_rng_state(tensors["random"])
        except (RuntimeError, KeyError) as error:
            raise ValueError(f"the state is that of other networks: {error}") from error
        self.step, self.life = numbers["step"], numbers["life"]
        self.best = Best(**numbers["best"])

    def _parts(self) -> list[tuple[str, dict[str, Tensor]]]:
        parts = [
            ("generator", self.generator.state_dict()),
            ("optimiser", optimisation.optimiser_tensors(self.optimiser)),
        ]
        if self.discriminators:
            parts.append(("discriminators", self.discriminators.state_dict()))
            own = optimisation.optimiser_tensors(self.discriminator_optimiser)
            parts.append(("discriminator_optimiser", own))
        if self.average:
            parts.append(("average", self.average.network.state_dict()))
        return parts


def new_state(config: Config, device: torch.device) -> TrainingState:
    """Networks with random weights drawn from ``config.seed``, the same on every device.

    Raises:
        ValueError: discriminators that don't judge what the generator makes, or an initial
            checkpoint that is missing or of another architecture.
    """
    torch.manual_seed(config.seed)
    generator = config.built_architecture().build(config.spec)
    if config.initial:
        _start_from(config, generator)
    generator = generator.to(device)
    adversarial = config.adversarial
    discriminators = None
    if adversarial.discriminators:
        discriminators = Discriminators(adversarial.discriminators, adversarial.channels)
        if discriminators.of_magnitudes != (generator.output is OutputKind.MAGNITUDE):
            raise ValueError(
                f"adversarial.discriminators: {', '.join(adversarial.discriminators)} can't judge "
                f"what {config.architecture} makes ({generator.output.value})"
            )
        discriminators = discriminators.to(device)
    return TrainingState(
        generator,
        discriminators,
        optimisation.optimiser(generator.parameters(), config.optimiser),
        optimisation.optimiser(discriminators.parameters(), adversarial.optimiser)
        if discriminators
        else None,
        Average(generator, config.average) if config.average else None,
    )


def _start_from(config: Config, generator: Generator) -> None:
    """Takes the weights of ``config.initial``."""
    path = Path(config.initial)
    if not path.is_file():
        raise ValueError(
            f"initial: {path}: no such file; it is a checkpoint that the weights start from, like "
            "RUN/checkpoints/step-00002000/generator.safetensors, or empty for random weights"
        )
    saved = checkpoint.load(path)
    theirs, ours = saved.description, config.built_architecture()
    if (theirs.architecture.family, theirs.architecture.sizes) != (ours.family, ours.sizes):
        raise ValueError(
            f"initial: {config.initial} is {theirs.architecture.name}, not {ours.name}; "
            f"take one of {ours.name}, or the preset that it was trained by"
        )
    if theirs.mel != config.spec:
        odd = [k for k, v in config.spec.to_json().items() if theirs.mel.to_json()[k] != v]
        raise ValueError(
            f"initial: {config.initial} takes another mel, see {', '.join(odd)}; "
            f"take one of the mel {config.mel}, or --set mel to its"
        )
    weight_norm.assign(generator, saved.state)
