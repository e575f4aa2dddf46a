"""What TensorBoard shows of a run."""

from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vocalise_train.training import pictures
from vocalise_train.training.config import Config
from vocalise_train.training.held import Held
from vocalise_train.training.validation import Validated


class Board:
    """Writes TensorBoard's files; without a folder it writes nothing."""

    def __init__(self, folder: Path | None, step: int = 0) -> None:
        """Opens a file; what an earlier life wrote after ``step`` is hidden."""
        self._writer = None
        if folder is not None:
            # Slow to import.
            from torch.utils.tensorboard import SummaryWriter

            self._writer = SummaryWriter(str(folder), purge_step=step + 1 if step else None)

    def numbers(self, group: str, values: dict[str, Any], step: int) -> None:
        with self._written() as writer:
            if writer:
                _add_numbers(writer, group, values, step)

    def validation(self, made: Validated, held: list[Held], config: Config, step: int) -> None:
        with self._written() as writer:
            if writer:
                _add_numbers(writer, "validation", made.scores, step)
                _add_clips(writer, made, held, config, step)
                writer.flush()

    def close(self) -> None:
        with self._written() as writer:
            if writer:
                writer.close()

    @contextmanager
    def _written(self):
        """The writer; none from the first fault of the disk on.

        A run does without its board, not without its checkpoints.
        """
        try:
            yield self._writer
        except OSError:
            self._writer = None


def _add_numbers(writer, group: str, values: dict[str, Any], step: int) -> None:
    for name, value in values.items():
        if isinstance(value, int | float):
            writer.add_scalar(f"{group}/{name}", value, step)


def _add_clips(writer, made: Validated, held: list[Held], config: Config, step: int) -> None:
    for clip, wave in list(zip(held, made.waves, strict=True))[: config.report.samples]:
        writer.add_audio(clip.name, wave.clamp(-1, 1)[None], step, config.spec.sample_rate)
        picture = pictures.pair(clip.wave, wave, config.spec)
        writer.add_image(clip.name, picture, step, dataformats="HWC")
