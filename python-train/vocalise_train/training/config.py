"""A run's settings: what presets, ``--set`` and ``config.yaml`` may say."""

from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from vocalise_train import settings
from vocalise_train.mel import PRESETS as MELS
from vocalise_train.mel import MelSpec
from vocalise_train.models import ARCHITECTURES, Architecture, tuples
from vocalise_train.settings import SettingError, setting


@dataclass(frozen=True)
class DataConfig:
    """Which recordings, and what is made of them.

    Attributes:
        folders: of recordings to train on; their paths are no part of what makes a run.
        exclude: patterns of file names (relative to their folder) that are left out.
        licences: of the recordings, in words; goes into every exported model.
        validation_singers: who is kept from training; None takes those with the least sound until
            ``validation_share`` of it is reached, an empty list nobody.
        validation_share: share of the seconds to validate on, where singers are chosen.
        validation_folders: recordings to validate on, of other singers.
        clipped_share: a recording with a larger share of clipped samples is left out.
        balance: a singer is drawn with the power ``balance`` of his seconds: 0 all alike, 1 every
            second alike.
        quiet_share: share of segments that may be silent.
        gain_db: largest random change of level, both ways.
        speeds: factors of speed and pitch, each drawn as often; at most 2.
        mels: ``audio`` computes them; ``files`` takes the .npy beside each recording.
        place: ``auto`` keeps samples on the GPU or in memory while they fit, else in a mapped file.
        memory_mb: how much fits.
    """

    folders: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    licences: str = "unknown"
    validation_singers: tuple[str, ...] | None = None
    validation_share: float = setting(0.02, low=0, high=0.5)
    validation_folders: tuple[str, ...] = ()
    clipped_share: float = setting(0.01, low=0, high=1)
    balance: float = setting(0.5, low=0, high=1)
    quiet_share: float = setting(0.02, low=0, high=1)
    gain_db: float = setting(6.0, low=0, high=60)
    speeds: tuple[float, ...] = setting((1.0,), low=0.5, high=2)
    mels: Literal["audio", "files"] = "audio"
    place: Literal["auto", "memory", "mapped"] = "auto"
    memory_mb: int = setting(4096, low=1)

    def __post_init__(self) -> None:
        if not self.speeds:
            raise SettingError("data.speeds", "data.speeds is empty; [1] changes nothing")
        if self.mels == "files" and set(self.speeds) != {1.0}:
            raise SettingError(
                "data.speeds", "data.mels is files, so data.speeds must be [1]: a mel has one speed"
            )


@dataclass(frozen=True)
class OptimiserConfig:
    """AdamW and its schedule.

    Attributes:
        schedule: ``cosine`` falls to ``final`` of the rate at the last step; ``exponential``
            multiplies by ``decay`` each step.
        warmup: steps over which the rate rises from 0.
        clip: largest norm of the gradient; 0 clips nothing.
    """

    learning_rate: float = setting(2e-4, low=0)
    betas: tuple[float, ...] = setting((0.8, 0.99), low=0, high=1)
    weight_decay: float = setting(0.01, low=0)
    schedule: Literal["cosine", "exponential"] = "exponential"
    decay: float = setting(0.999998, low=0, high=1)
    final: float = setting(0.0, low=0, high=1)
    warmup: int = setting(0, low=0)
    clip: float = setting(0.0, low=0)

    def __post_init__(self) -> None:
        if len(self.betas) != 2:
            raise ValueError(f"optimiser.betas has {len(self.betas)} numbers, not 2")


@dataclass(frozen=True)
class LossConfig:
    """Weights of the generator's losses; one of weight 0 is not computed."""

    log_magnitude: float = setting(0.0, low=0)
    magnitude: float = setting(0.0, low=0)
    convergence: float = setting(0.0, low=0)
    log_mel: float = setting(0.0, low=0)
    mel: float = setting(0.0, low=0)
    multi_scale_mel: float = setting(0.0, low=0)
    stft: float = setting(0.0, low=0)
    adversarial: float = setting(1.0, low=0)
    feature_matching: float = setting(2.0, low=0)


@dataclass(frozen=True)
class AdversarialConfig:
    """The discriminators.

    Attributes:
        discriminators: of waveforms ``periods``, ``resolutions``, ``constant_q`` and ``scales``, of
            magnitudes ``patches``; none trains by regression alone.
        loss: ``least_squares`` (Mao et al. 2017) or ``hinge`` (Lim and Ye 2017).
        start: steps of regression before they begin.
        warmup: steps over which their weight in the generator's loss then rises.
        channels: width of the discriminators, relative to their papers'.
    """

    discriminators: tuple[
        Literal["periods", "resolutions", "constant_q", "scales", "patches"], ...
    ] = ()
    loss: Literal["least_squares", "hinge"] = "least_squares"
    start: int = setting(0, low=0)
    warmup: int = setting(0, low=0)
    channels: float = setting(1.0, low=0.01, high=4)
    optimiser: OptimiserConfig = field(default_factory=OptimiserConfig)


@dataclass(frozen=True)
class GuardConfig:
    """What happens when a loss or a gradient is not finite.

    Attributes:
        patience: steps in a row that are skipped before rolling back to the last checkpoint.
        rollbacks: how often, before the run fails.
        slow_down: factor of the learning rate after each.
    """

    patience: int = setting(5, low=1)
    rollbacks: int = setting(3, low=0)
    slow_down: float = setting(0.5, low=0, high=1)


@dataclass(frozen=True)
class ReportConfig:
    """How often the run reports, and what it keeps.

    Attributes:
        log_every: steps from one ``train`` event to the next.
        checkpoint_seconds: time from one checkpoint to the next.
        checkpoint_every: the same in steps; 0 goes by time alone.
        validate_every: steps; 0 validates at the end alone.
        clips: recordings that are scored at each validation, at most.
        samples: how many of them are written, with pictures.
        samples_mb: disk that these may take together; beyond it the oldest go.
        clip_seconds: of each of them, at most.
        keep: newest checkpoints that stay, beside the best.
        snapshots: whether each validation exports an ONNX file.
        snapshots_mb: disk that these may take together; beyond it the oldest go, validated or not.
        tensorboard: whether to write its files.
    """

    log_every: int = setting(50, low=1)
    checkpoint_seconds: float = setting(25.0, low=0)
    checkpoint_every: int = setting(0, low=0)
    validate_every: int = setting(1000, low=0)
    clips: int = setting(8, low=1)
    samples: int = setting(3, low=0)
    samples_mb: int = setting(1024, low=0)
    clip_seconds: float = setting(20.0, low=1)
    keep: int = setting(3, low=1)
    snapshots: bool = True
    snapshots_mb: int = setting(4096, low=0)
    tensorboard: bool = True


@dataclass(frozen=True)
class Config:
    """Everything that a run is made of, its recordings aside.

    Attributes:
        architecture: one of ``models.ARCHITECTURES``; ``sizes`` replaces some of its sizes.
        mel: one of ``mel.PRESETS``.
        batch_size: segments a step, of each process.
        segment_frames: mel frames of a segment.
        average: decay of the averaged weights, which are what is exported; 0 averages nothing.
        precision: of the networks' trunks: ``fp32``, ``tf32`` (CUDA), ``bf16``, or ``auto``: bf16
            where the processor has it, tf32 on other GPUs, else fp32. Spectra, logarithms and
            losses are always fp32.
        compile: whether ``torch.compile`` builds the networks.
        initial: a checkpoint (``generator.safetensors``) that the weights start from; in a run with
            checkpoints of its own, not read any more.
        threads: of PyTorch on the CPU; 0 lets it choose.
        device: ``auto``, ``cpu`` or ``cuda:N``.
    """

    preset: str
    architecture: Literal[tuple(ARCHITECTURES)]
    steps: int = setting(low=1)
    name: str = ""
    mel: Literal[tuple(MELS)] = "ntu"
    sizes: dict[str, Any] = field(default_factory=dict)
    seed: int = setting(0, low=0)
    batch_size: int = setting(16, low=1)
    segment_frames: int = setting(32, low=4)
    average: float = setting(0.0, low=0, high=1)
    precision: Literal["auto", "fp32", "tf32", "bf16"] = "auto"
    compile: bool = False
    initial: str = ""
    threads: int = setting(0, low=0)
    device: str = "auto"
    data: DataConfig = field(default_factory=DataConfig)
    optimiser: OptimiserConfig = field(default_factory=OptimiserConfig)
    losses: LossConfig = field(default_factory=LossConfig)
    adversarial: AdversarialConfig = field(default_factory=AdversarialConfig)
    guard: GuardConfig = field(default_factory=GuardConfig)
    report: ReportConfig = field(default_factory=ReportConfig)

    @property
    def spec(self) -> MelSpec:
        return MELS[self.mel]

    def built_architecture(self) -> Architecture:
        """The architecture with this run's sizes."""
        known = ARCHITECTURES[self.architecture]
        if not self.sizes:
            return known
        for size in self.sizes:
            if not hasattr(known.sizes, size):
                near = settings.nearest(size, vars(known.sizes))
                raise SettingError(
                    f"sizes.{size}", f"unknown setting sizes.{size} of {known.name}{near}"
                )
        return replace(
            known,
            name=f"{known.name}-custom",
            sizes=replace(known.sizes, **{k: tuples(v) for k, v in self.sizes.items()}),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain values, as YAML writes them."""
        return _plain(asdict(self))


# What changes how a run is carried out, not what its weights become.
FREE = (
    "name",
    "threads",
    "device",
    "data.folders",
    "data.validation_folders",
    "data.place",
    "data.memory_mb",
    "report.",
)


def differences(before: Config, after: Config) -> list[str]:
    """What would make other weights: ``optimiser.clip: 1.0 -> 2.0`` for each such setting.

    Of the initial checkpoint the name counts: a container has it in another folder.
    """
    old, new = _flat(before.to_dict()), _flat(after.to_dict())
    for values in (old, new):
        values["initial"] = Path(values["initial"]).name
    return [
        f"{key}: {old.get(key)} -> {new.get(key)}"
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key) and not key.startswith(FREE)
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(v) for key, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, tuple | list) else value


def _flat(values: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat = {}
    for key, value in values.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = value
    return flat
