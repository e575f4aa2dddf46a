"""A run's folder: names in it, one trainer at a time, and its event log."""

import errno
import fcntl
import json
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import yaml

from vocalise_train.data.manifest import Manifest
from vocalise_train.training import presets
from vocalise_train.training.config import Config


class RunDirectory:
    """The folder ``runs/NAME``; ``with`` holds it for this process.

    The lock is the kernel's and ends with the process, however it ends.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: int | None = None

    @property
    def config_file(self) -> Path:
        return self.path / "config.yaml"

    @property
    def manifest_file(self) -> Path:
        return self.path / "manifest.json"

    @property
    def events_file(self) -> Path:
        return self.path / "events.jsonl"

    @property
    def checkpoints(self) -> Path:
        return self.path / "checkpoints"

    @property
    def snapshots(self) -> Path:
        return self.path / "snapshots"

    @property
    def validation(self) -> Path:
        return self.path / "validation"

    @property
    def tensorboard(self) -> Path:
        return self.path / "tensorboard"

    def samples(self, step: int) -> Path:
        return self.path / "samples" / f"step-{step}"

    def __enter__(self) -> Self:
        """Makes the folder and takes it; of several processes of a run the first one does.

        Raises:
            ValueError: another process trains in it, or it can't be written; the message says who
                or why.
        """
        if os.environ.get("RANK", "0") != "0":
            return self
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = os.open(self.path / "trainer.lock", os.O_RDWR | os.O_CREAT, 0o644)
            if not os.access(self.path, os.W_OK):
                # The lock is an earlier life's.
                raise PermissionError(errno.EACCES, "it takes no new files")
        except OSError as error:
            raise ValueError(
                f"{self.path}: no run can be written there: {error.strerror}; let the user who "
                "trains write that folder, or take another"
            ) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(lock, 200, 0).decode(errors="replace").strip() or "another process"
            os.close(lock)
            raise ValueError(
                f"{self.path}: {holder} trains there already; end it first, or let it finish"
            ) from None
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"process {os.getpid()} on {socket.gethostname()}\n".encode(), 0)
        self._lock = lock
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def exists(self) -> bool:
        """Whether a run was started here."""
        return self.config_file.exists()

    def write_config(self, config: Config) -> None:
        text = yaml.safe_dump(config.to_dict(), sort_keys=False, allow_unicode=True)
        write_text(self.config_file, text)

    def read_config(self) -> Config:
        """The settings that the run was started with.

        Raises:
            ValueError: they can't be read.
        """
        try:
            return presets.parse(presets.read_yaml(self.config_file))
        except ValueError as error:
            raise ValueError(f"{self.config_file}: {error}") from error

    def write_manifest(self, manifest: Manifest) -> None:
        write_text(self.manifest_file, manifest.to_json())

    def read_manifest(self) -> Manifest:
        return Manifest.from_json(self.manifest_file.read_text(encoding="utf-8"))


class Events:
    """Appends to ``events.jsonl``, an object a line; a full disk delays lines and loses none."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the file; a torn last line of an earlier life is closed."""
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        self._waiting = b""
        size = os.fstat(self._file).st_size
        if size and os.pread(self._file, 1, size - 1) != b"\n":
            self._waiting = b"\n"

    def write(self, step: int, kind: str, **fields: Any) -> None:
        """Adds a line; ``kind`` is one of design.md's."""
        time = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = json.dumps({"time": time, "step": step, "kind": kind, **fields}, allow_nan=False)
        self._waiting += line.encode() + b"\n"
        size = os.fstat(self._file).st_size
        try:
            written = os.write(self._file, self._waiting)
        except OSError:
            written = 0
        if written < len(self._waiting) and written:
            os.ftruncate(self._file, size)
            written = 0
        self._waiting = self._waiting[written:]

    def close(self) -> None:
        os.close(self._file)


def write_text(path: Path, text: str) -> None:
    """Writes a file under a temporary name, then renames it."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Writes a file under a temporary name, then renames it."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
