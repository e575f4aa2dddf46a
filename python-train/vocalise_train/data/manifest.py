"""The list of recordings that a run is made from: who sings, how long, which bytes."""

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from pathlib import Path

from vocalise_train.data import recordings
from vocalise_train.data.recordings import Recording, RejectedError

UNKNOWN_SINGER = "unknown"
TRAIN, VALIDATION = "train", "validation"


@dataclass(frozen=True)
class Clip:
    """One recording of a manifest.

    Attributes:
        name: path within its folder, with ``/``.
        sha256: of the samples, as they are trained on.
        split: ``train`` or ``validation``.
    """

    name: str
    singer: str
    seconds: float
    sha256: str
    split: str = TRAIN


@dataclass(frozen=True)
class Manifest:
    """Recordings in the order of their names, and what was left out or noticed.

    Attributes:
        skipped: names, each with the reason.
        notes: what is odd and yet used.
    """

    clips: tuple[Clip, ...]
    skipped: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, split: str) -> tuple[Clip, ...]:
        return tuple(clip for clip in self.clips if clip.split == split)

    @property
    def sha256(self) -> str:
        """Over names, singers, seconds, bytes and splits: the same for the same training set."""
        text = json.dumps([asdict(c) for c in self.clips], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def training_data(self) -> str:
        """What exported models say they were trained on."""
        clips = self.of(TRAIN)
        minutes = sum(c.seconds for c in clips) / 60
        singers = len({c.singer for c in clips})
        names = ", ".join(c.name for c in clips)
        return (
            f"manifest sha256 {self.sha256}; {len(clips)} recordings, {minutes:.1f} minutes, "
            f"{singers} singers: {names}"
        )

    def to_json(self) -> str:
        values = {
            "sha256": self.sha256,
            "clips": [asdict(c) for c in self.clips],
            "skipped": [{"name": name, "reason": reason} for name, reason in self.skipped],
            "notes": self.notes,
        }
        return json.dumps(values, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        values = json.loads(text)
        return cls(
            tuple(Clip(**clip) for clip in values["clips"]),
            tuple((entry["name"], entry["reason"]) for entry in values["skipped"]),
            tuple(values["notes"]),
        )


def scan(
    folders: list[Path],
    rate: int,
    keep: Callable[[Path, Recording], None] = lambda path, recording: None,
    exclude: tuple[str, ...] = (),
    clipped_share: float = 1.0,
) -> Manifest:
    """Reads all WAV and FLAC files below folders, in any layout.

    Singers come from a ``singers.tsv`` in the folder (columns file and singer), else from the part
    of a folder's name before ``#`` (``Singer#Song/0000.wav``), else from the topmost subfolder.

    Args:
        folders: where to look.
        rate: that recordings are brought to, in Hz.
        keep: takes each recording of the manifest, in its order (memory holds one at a time), or
            raises ``RejectedError``.
        exclude: patterns of names that are passed over.
        clipped_share: recordings with a larger share of clipped samples are skipped.

    Raises:
        ValueError: a folder is none or holds no recording that can be used; the message lists what
            was skipped.
    """
    clips, skipped, notes = [], [], []
    rates, mixed = Counter(), 0
    seen: dict[str, str] = {}
    for folder in folders:
        singers = _singers(folder)
        for path in _files(folder, exclude):
            name = path.relative_to(folder).as_posix()
            try:
                sound = recordings.read(path, rate)
                if sound.clipped > clipped_share:
                    raise RejectedError(f"is clipped in {100 * sound.clipped:.1f} % of its samples")
                if sound.sha256 in seen:
                    raise RejectedError(f"has the same sound as {seen[sound.sha256]}")
                keep(path, sound)
            except RejectedError as error:
                skipped.append((name, str(error)))
                continue
            seen[sound.sha256] = name
            if sound.clipped > 0.001:
                notes.append(f"{name} is clipped in {100 * sound.clipped:.2f} % of its samples")
            singer = singers.get(name) or _singer_of_path(name)
            clips.append(Clip(name, singer, len(sound.samples) / rate, sound.sha256))
            rates[sound.file_rate] += 1
            mixed += sound.channels > 1
        missing = sorted(name for name in singers if not (folder / name).exists())
        notes += [f"singers.tsv names {name}, which is not there" for name in missing]
    notes += [
        f"recordings of {other} Hz, which are resampled to {rate} Hz: {count}"
        for other, count in sorted(rates.items())
        if other != rate
    ]
    if mixed:
        notes.append(f"recordings whose channels are averaged: {mixed}")
    if not clips:
        where = ", ".join(map(str, folders))
        raise ValueError(f"{where}: no recordings to train on{_left_out(skipped)}")
    _refuse_doubles(clips)
    return Manifest(tuple(clips), tuple(skipped), tuple(notes))


def report(manifest: Manifest) -> list[str]:
    """Lines for a person: what is there, by singer, and what was left out."""
    lines = []
    for split in (TRAIN, VALIDATION):
        clips = manifest.of(split)
        seconds = Counter()
        for clip in clips:
            seconds[clip.singer] += clip.seconds
        minutes = sum(seconds.values()) / 60
        lines.append(f"{split}: {len(clips)} recordings, {minutes:.1f} min, {len(seconds)} singers")
        lines += [f"  {singer}: {s / 60:.1f} min" for singer, s in seconds.most_common(20)]
        if len(seconds) > 20:
            lines.append(f"  and {len(seconds) - 20} more")
    if manifest.skipped:
        lines.append(f"left out: {len(manifest.skipped)}")
        lines += [f"  {name} {reason}" for name, reason in manifest.skipped]
    return lines + list(manifest.notes)


def _left_out(skipped: list[tuple[str, str]]) -> str:
    """The end of a message: the first reason in its own line, which may be all that is shown."""
    if not skipped:
        return ": no WAV or FLAC file in there"
    reasons = [f"{name} {reason}" for name, reason in skipped[:10]]
    return f"; {len(skipped)} left out: " + "\n  ".join(reasons)


def _files(folder: Path, exclude: tuple[str, ...]) -> list[Path]:
    if not folder.is_dir():
        raise ValueError(
            f"{folder}: no such folder of recordings; check the path (a container sees that of "
            "--data alone)"
        )
    found = sorted(
        p for p in folder.rglob("*") if p.suffix.lower() in recordings.SUFFIXES and p.is_file()
    )
    return [
        p for p in found if not any(fnmatch(p.relative_to(folder).as_posix(), e) for e in exclude)
    ]


def _singers(folder: Path) -> dict[str, str]:
    path = folder / "singers.tsv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        if not {"file", "singer"} <= set(rows.fieldnames or ()):
            raise ValueError(f"{path}: its first line must name the columns file and singer")
        singers = {}
        for row in rows:
            if not row["file"] or not row["singer"]:
                raise ValueError(f"{path}: line {rows.line_num} lacks file or singer")
            singers[row["file"]] = row["singer"]
        return singers


def _singer_of_path(name: str) -> str:
    top, *rest = name.split("/")
    for part in name.split("/")[:-1]:
        if "#" in part:
            return part.partition("#")[0]
    return top if rest else UNKNOWN_SINGER


def _refuse_doubles(clips: list[Clip]) -> None:
    twice = [name for name, count in Counter(c.name for c in clips).items() if count > 1]
    if twice:
        raise ValueError(f"two folders hold a {twice[0]}: rename one, or give their parent folder")
