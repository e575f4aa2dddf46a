"""Where the tests' recordings and golden values lie."""

import os
from pathlib import Path

import pytest


def shared_path(relative: str) -> Path:
    """A file of the folder ``shared`` beside the repository.

    Skips the test where the file is missing, but fails it on continuous integration (``CI=true``).
    """
    path = Path(__file__).parents[3] / "shared" / relative
    if not path.exists():
        reason = f"{path} is missing"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path
