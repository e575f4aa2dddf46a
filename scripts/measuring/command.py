"""The command `vocalise` of this clone, with what it takes."""

import resource
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def vocalise(*arguments: object) -> tuple[float, float]:
    """Runs a command of vocalise; CPU and wall seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run([ROOT / "vocalise", *map(str, arguments), "--quiet"], check=True)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall
