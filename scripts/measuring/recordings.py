"""The validation recordings and their halves."""

from pathlib import Path


def files(data: Path, half: str) -> list[Path]:
    """Those of a half, `select` or `report`, in the order of split.tsv."""
    folder = data / "validation"
    rows = [line.split("\t") for line in (folder / "split.tsv").read_text().splitlines()[1:]]
    return [folder / row[0] for row in rows if row[1] == half]
