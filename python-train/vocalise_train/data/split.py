"""Who is trained on and who validates: by singer, without overlap."""

from collections import Counter
from dataclasses import replace

from vocalise_train import settings
from vocalise_train.data.manifest import TRAIN, VALIDATION, Manifest


def by_singer(
    manifest: Manifest, singers: tuple[str, ...] | None, share: float, least_seconds: float = 5.0
) -> Manifest:
    """Marks the clips of some singers as validation.

    Args:
        manifest: all of it for training.
        singers: who validates; None takes those with the least sound until ``share`` of it, and at
            least ``least_seconds``, is reached.
        share: of all seconds.
        least_seconds: fewer say nothing.

    Raises:
        ValueError: a singer who isn't there, or nobody left to train on.
    """
    seconds = Counter()
    for clip in manifest.clips:
        seconds[clip.singer] += clip.seconds
    if singers is None:
        singers = _smallest(seconds, share, least_seconds)
    for singer in singers:
        if singer not in seconds:
            near = settings.nearest(singer, seconds)
            raise ValueError(f"data.validation_singers: nobody is called {singer!r}{near}")
    if set(singers) == set(seconds):
        raise ValueError("data.validation_singers: nobody is left to train on")
    clips = (replace(c, split=VALIDATION if c.singer in singers else TRAIN) for c in manifest.clips)
    return replace(manifest, clips=tuple(clips))


def with_validation(training: Manifest, validation: Manifest) -> Manifest:
    """Joins recordings to train on with others to validate on.

    Raises:
        ValueError: a singer or a recording is in both.
    """
    both = {c.singer for c in training.clips} & {c.singer for c in validation.clips}
    if both:
        names = ", ".join(sorted(both))
        raise ValueError(f"singers in training and validation: {names}; a split is by singer")
    sounds = {c.sha256: c.name for c in training.clips}
    for clip in validation.clips:
        if clip.sha256 in sounds:
            raise ValueError(
                f"{clip.name} of the validation set has the sound of {sounds[clip.sha256]}"
            )
    held = tuple(replace(c, split=VALIDATION) for c in validation.clips)
    return Manifest(
        training.clips + held,
        training.skipped + validation.skipped,
        training.notes + validation.notes,
    )


def _smallest(seconds: Counter, share: float, least: float) -> tuple[str, ...]:
    """The singers with the least sound; none where they would be everybody."""
    wanted = max(share * seconds.total(), least) if share else 0
    chosen, sum_seconds = [], 0.0
    for singer, length in sorted(seconds.items(), key=lambda item: (item[1], item[0])):
        if sum_seconds >= wanted or len(chosen) == len(seconds) - 1:
            break
        chosen.append(singer)
        sum_seconds += length
    return tuple(chosen)
