"""How fast a run goes and when it ends."""

from collections import deque


class Progress:
    """Seconds of steps, by stage, and of the pauses between them, by kind.

    Stages are ``regression`` and ``adversarial``. A stage that has not begun counts with what
    ``expect`` said.
    """

    def __init__(self, window: int = 300) -> None:
        self._window = window
        self._steps: dict[str, deque[float]] = {}
        self._expected: dict[str, float] = {}
        self._pauses: dict[str, tuple[int, float]] = {}

    def step(self, stage: str, seconds: float) -> None:
        self._steps.setdefault(stage, deque(maxlen=self._window)).append(seconds)

    def pause(self, kind: str, seconds: float) -> None:
        count, total = self._pauses.get(kind, (0, 0.0))
        self._pauses[kind] = (count + 1, total + seconds)

    def expect(self, stage: str, seconds: float) -> None:
        self._expected[stage] = seconds

    def knows(self, stage: str, steps: int = 1) -> bool:
        """Whether a stage has an expected length or has made some steps."""
        return stage in self._expected or len(self._steps.get(stage, ())) >= steps

    def step_seconds(self, stage: str) -> float:
        """Mean of the recent steps; the first ones of a run, which allocate, leave it again."""
        recent = self._steps.get(stage)
        if not recent:
            return self._expected.get(stage, 0.0)
        kept = list(recent)[5:] or recent
        return sum(kept) / len(kept)

    def pause_seconds(self, kind: str) -> float:
        """Mean length of a pause."""
        count, total = self._pauses.get(kind, (0, 0.0))
        return total / count if count else 0.0

    def remaining(self, steps: dict[str, int], pauses: dict[str, float]) -> float:
        """Seconds to the end, from the numbers of steps and pauses left."""
        return sum(n * self.step_seconds(stage) for stage, n in steps.items()) + sum(
            n * self.pause_seconds(kind) for kind, n in pauses.items()
        )
