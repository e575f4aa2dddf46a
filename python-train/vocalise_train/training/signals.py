"""SIGTERM and SIGINT end a run after its current step."""

import signal
from types import FrameType
from typing import Self


class Stop:
    """Remembers the first signal; ``with`` catches both and gives them back."""

    def __init__(self) -> None:
        self.signal: int | None = None
        self._before: dict[int, object] = {}

    @property
    def name(self) -> str:
        return signal.Signals(self.signal).name if self.signal else "finished"

    @property
    def exit_code(self) -> int:
        """0, or 128 and the signal, as shells count."""
        return 128 + self.signal if self.signal else 0

    def __enter__(self) -> Self:
        for number in (signal.SIGTERM, signal.SIGINT):
            self._before[number] = signal.signal(number, self._caught)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _caught(self, number: int, _: FrameType | None) -> None:
        self.signal = self.signal or number
