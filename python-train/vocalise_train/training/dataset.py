"""From a run's folders to its manifest and samples."""

from pathlib import Path

from vocalise_train.data import batches, manifest, split
from vocalise_train.data.manifest import Manifest
from vocalise_train.data.recordings import Recording
from vocalise_train.data.store import Store, StoreBuilder
from vocalise_train.training.config import Config

_MAPPED = "samples.i16"


def load(config: Config, run: Path) -> tuple[Manifest, Store]:
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

    def keep(_: Path, recording: Recording) -> None:
        builder.add(recording.samples)

    def scan(folders: tuple[str, ...]) -> Manifest:
        paths = [Path(folder) for folder in folders]
        return manifest.scan(paths, spec.sample_rate, keep, data.exclude, data.clipped_share)

    found = scan(data.folders)
    if data.validation_folders:
        found = split.with_validation(found, scan(data.validation_folders))
    else:
        found = split.by_singer(found, data.validation_singers, data.validation_share)
    return found, builder.build()
