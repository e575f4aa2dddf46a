"""From a run's folders to its manifest and samples."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vocalise_train.data import batches, manifest, split
from vocalise_train.data.manifest import Manifest
from vocalise_train.data.recordings import Recording, RejectedError
from vocalise_train.data.store import Store, StoreBuilder
from vocalise_train.mel import MelSpec
from vocalise_train.training.config import Config

_MAPPED = "samples.i16"


@dataclass(frozen=True)
class Dataset:
    """Recordings of a run.

    Attributes:
        mels: of each clip ``[bands, frames]`` in the spec's values, where a teacher made them;
            empty where they are computed.
    """

    manifest: Manifest
    store: Store
    mels: tuple[np.ndarray, ...]


def load(config: Config, run: Path) -> Dataset:
    """Reads, checks and splits the recordings of ``config.data``.

    Args:
        config: of the run.
        run: its folder, where samples go that memory can't hold.

    Raises:
        ValueError: there are none, or training and validation overlap.
    """
    data, spec = config.data, config.spec
    builder = StoreBuilder(
        batches.edge(spec, data.speeds),
        batches.longest(spec, config.segment_frames, data.speeds),
        run / _MAPPED,
        0 if data.place == "mapped" else data.memory_mb,
    )

    mels: list[np.ndarray] = []

    def keep(path: Path, recording: Recording) -> None:
        if data.mels == "files":
            mels.append(teacher_mel(path, len(recording.samples), spec))
        builder.add(recording.samples)

    def scan(folders: tuple[str, ...]) -> Manifest:
        paths = [Path(folder) for folder in folders]
        return manifest.scan(paths, spec.sample_rate, keep, data.exclude, data.clipped_share)

    found = scan(data.folders)
    if data.validation_folders:
        found = split.with_validation(found, scan(data.validation_folders))
    else:
        found = split.by_singer(found, data.validation_singers, data.validation_share)
    return Dataset(found, builder.build(), tuple(mels))


def teacher_mel(path: Path, samples: int, spec: MelSpec) -> np.ndarray:
    """The mel beside a recording: ``song.npy`` of ``song.wav``.

    Raises:
        RejectedError: it is missing, or not the mel of as many samples.
    """
    file = path.with_suffix(".npy")
    try:
        mel = np.load(file, allow_pickle=False)
    except (OSError, ValueError) as error:
        raise RejectedError(f"has no mel beside it: {error}") from error
    if mel.ndim == 3 and mel.shape[0] == 1:
        mel = mel[0]
    frames = samples // spec.hop
    if mel.ndim != 2 or mel.shape[0] != spec.bands or abs(mel.shape[1] - frames) > 1:
        raise RejectedError(
            f"has a mel of shape {mel.shape} beside it, not ({spec.bands}, {frames}) or one frame "
            "more or less"
        )
    if not np.issubdtype(mel.dtype, np.floating) or not np.isfinite(mel).all():
        raise RejectedError("has a mel beside it whose values are not finite numbers")
    if spec.log == "none" and mel.min() < 0:
        raise RejectedError("has a mel beside it with negative powers: is it a logarithm?")
    return mel.astype(np.float32)
