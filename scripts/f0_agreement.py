#!/usr/bin/env python3
"""How pitch trackers agree on the same recordings, by tables of `vocalise f0`.

  for tracker in yin crepe-tiny crepe-full; do
    vocalise f0 ../shared/data/validation -o tracks/$tracker --tracker $tracker --no-picture
  done
  scripts/f0_agreement.py tracks --base crepe-full
  scripts/f0_agreement.py tracks --labels ../shared/data/singing_open

With --base every tracker is compared with one of them, with --labels with hand-made tables
NAME_f0.csv (time, Hz, 0 where nothing is sung). A frame counts as sung where the confidence is
above 0.6. Needs Python alone.
"""

import argparse
import csv
import math
import statistics
from pathlib import Path

CONFIDENT = 0.6
HOP = 0.01
Track = list[float]  # Hz every 10 ms, 0 where nothing is sung


def read_track(path: Path) -> Track:
    """A table of ``vocalise f0``."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    for i, row in enumerate(rows):
        if abs(float(row["time"]) - i * HOP) > 1e-6:
            raise SystemExit(f"{path}: line {i + 2}: not a frame every 10 ms")
    return [float(r["frequency"]) if float(r["confidence"]) > CONFIDENT else 0.0 for r in rows]


def read_labels(path: Path) -> Track:
    """A hand-made table, its nearest frame every 10 ms."""
    with path.open(newline="") as file:
        rows = [(float(r[0]), float(r[1])) for r in csv.reader(file)]
    frames, i = [], 0
    for t in range(int(rows[-1][0] / HOP) + 1):
        while i + 1 < len(rows) and abs(rows[i + 1][0] - t * HOP) <= abs(rows[i][0] - t * HOP):
            i += 1
        frames.append(rows[i][1])
    return frames


def row(name: str, pairs: list[tuple[Track, Track]]) -> str:
    """A line of the table; pairs of (base, other)."""
    cents, both, base_only, other_only = [], 0, 0, 0
    for base, other in pairs:
        for a, b in zip(base, other, strict=False):
            if a > 0 and b > 0:
                both += 1
                cents.append(1200 * math.log2(b / a))
            elif a > 0:
                base_only += 1
            elif b > 0:
                other_only += 1
    if not cents:
        return f"| {name} | 0 | - | - | - | - | - |"
    apart = [abs(c) for c in cents]
    off = 100 * sum(c > 50 for c in apart) / both
    octaves = 100 * sum(abs(c - 1200) < 50 for c in apart) / both
    f1 = 2 * both / (2 * both + base_only + other_only)
    bias = statistics.median(cents)
    middle = statistics.median(apart)
    figures = f"{middle:.1f} | {bias:+.1f} | {off:.2f} | {octaves:.2f} | {f1:.3f}"
    return f"| {name} | {both} | {figures} |"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tracks", type=Path, help="a folder of tables for each tracker")
    parser.add_argument("--base", help="name of the tracker to compare with")
    parser.add_argument("--labels", type=Path, help="folder with hand-made NAME_f0.csv")
    parser.add_argument("--only", type=Path, help="file with the names to compare, a line each")
    options = parser.parse_args()
    if (options.base is None) == (options.labels is None):
        parser.error("give --base or --labels")
    wanted = options.only and set(options.only.read_text().split())
    trackers = sorted(p.name for p in options.tracks.iterdir() if p.is_dir())
    columns = "tracker | frames | median, cents | bias, cents | off by 50 cents, % | octave, % | F1"
    print(f"| {columns} |")
    print("|---|---|---|---|---|---|---|")
    for tracker in trackers:
        pairs = []
        for table in sorted((options.tracks / tracker).rglob("*.csv")):
            name = table.relative_to(options.tracks / tracker)
            if wanted and name.stem not in wanted:
                continue
            if options.labels:
                labels = options.labels / f"{name.stem}_f0.csv"
                if labels.exists():
                    pairs.append((read_labels(labels), read_track(table)))
            elif tracker != options.base and (options.tracks / options.base / name).exists():
                pairs.append((read_track(options.tracks / options.base / name), read_track(table)))
        if pairs:
            print(row(tracker, pairs))


if __name__ == "__main__":
    main()
