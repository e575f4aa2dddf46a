"""Generators: from the ln of a mel to a waveform or to spectra."""

from dataclasses import asdict, dataclass
from typing import Any

from vocalise_train.mel import MelSpec
from vocalise_train.models.generator import Generator
from vocalise_train.models.harmonic import HARMONIC, HarmonicConfig, HarmonicNet
from vocalise_train.models.hifigan import V1, V2, V3, Hifigan, HifiganConfig
from vocalise_train.models.magnitude import NET, MagnitudeConfig, MagnitudeNet
from vocalise_train.models.vocos import FULL, FULL_PRIOR, SMALL, SMALL_PRIOR, Vocos, VocosConfig

Sizes = HifiganConfig | VocosConfig | MagnitudeConfig | HarmonicConfig

_FAMILIES: dict[str, tuple[type[Generator], type[Sizes]]] = {
    "hifigan": (Hifigan, HifiganConfig),
    "vocos": (Vocos, VocosConfig),
    "magnitude": (MagnitudeNet, MagnitudeConfig),
    "harmonic": (HarmonicNet, HarmonicConfig),
}


@dataclass(frozen=True)
class Architecture:
    """A generator's family, its sizes and how it runs fastest (figures in docs/models.md)."""

    name: str
    family: str
    sizes: Sizes
    chunk_frames: int
    height_one: bool

    def build(self, spec: MelSpec) -> Generator:
        """A new generator, its weights drawn from PyTorch's random numbers."""
        generator, _ = _FAMILIES[self.family]
        return generator(spec, self.sizes, self.chunk_frames, self.height_one)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


ARCHITECTURES = {
    architecture.name: architecture
    for architecture in (
        Architecture("hifigan-v1", "hifigan", V1, 640, True),
        Architecture("hifigan-v2", "hifigan", V2, 320, True),
        Architecture("hifigan-v3", "hifigan", V3, 192, True),
        Architecture("vocos-full", "vocos", FULL, 1024, True),
        Architecture("vocos-small", "vocos", SMALL, 1024, True),
        Architecture("vocos-full-prior", "vocos", FULL_PRIOR, 1024, True),
        Architecture("vocos-small-prior", "vocos", SMALL_PRIOR, 1024, True),
        Architecture("magnitude", "magnitude", NET, 1024, True),
        Architecture("harmonic", "harmonic", HARMONIC, 1024, True),
    )
}


def architecture_of(sizes: HifiganConfig) -> Architecture:
    """The named architecture of these sizes, or one called ``hifigan``."""
    for architecture in ARCHITECTURES.values():
        if architecture.sizes == sizes:
            return architecture
    return Architecture("hifigan", "hifigan", sizes, 256, True)


def architecture_from_json(values: dict[str, Any]) -> Architecture:
    """The inverse of ``Architecture.to_json``.

    Raises:
        ValueError: an unknown family, or fields that don't fit it.
    """
    try:
        family = values["family"]
        _, sizes_type = _FAMILIES[family]
        sizes = {name: tuples(value) for name, value in values["sizes"].items()}
        return Architecture(**{**values, "sizes": sizes_type(**sizes)})
    except KeyError as error:
        raise ValueError(f"no architecture: {error} is missing or unknown") from error
    except TypeError as error:
        raise ValueError(f"no architecture: {error}") from error


def tuples(value: Any) -> Any:
    """Lists, as JSON and YAML have them, as tuples."""
    return tuple(tuples(v) for v in value) if isinstance(value, list) else value
