#!/usr/bin/env python3
r"""How far rounding carries in a vocoder of magnitudes: wav files beside those of this processor.

Other processors round a network's sums in another way. That is imitated by noise upon its
magnitudes, put into the graph: by default as large as what AVX2's and AVX-512's kernels of ONNX
Runtime differ by. With --command the whole program runs in another way instead, for instance under
an emulator of another processor (Debian, Ubuntu: qemu-user), which takes minutes a clip:

  python-train/.venv/bin/python scripts/exactness.py --data ../shared/data --models onnx/*.onnx
  python-train/.venv/bin/python scripts/exactness.py --data ../shared/data --models onnx/*.onnx \
      --command "qemu-x86_64 -cpu Haswell $JAVA_HOME/bin/java -jar target/launcher/vocalise.jar"
"""

import argparse
import shlex
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import onnx
import soundfile
from onnx import helper

from measuring.command import vocalise
from measuring.recordings import files
from measuring.tables import table

OUTPUT = "magnitude"
EXACT = "magnitude_before"


def noisy(model: onnx.ModelProto, deviation: float, seed: int) -> onnx.ModelProto:
    """The model with its magnitudes times 1 + noise.

    Args:
        model: one whose output is magnitudes.
        deviation: of the noise, which is Gaussian.
        seed: of ONNX Runtime's generator.
    """
    changed = onnx.ModelProto()
    changed.CopyFrom(model)
    graph = changed.graph
    for node in graph.node:
        node.output[:] = [EXACT if name == OUTPUT else name for name in node.output]
        node.input[:] = [EXACT if name == OUTPUT else name for name in node.input]
    graph.node.extend(
        [
            helper.make_node(
                "RandomNormalLike", [EXACT], ["noise"], scale=deviation, seed=float(seed)
            ),
            helper.make_node("Mul", [EXACT, "noise"], ["change"]),
            helper.make_node("Add", [EXACT, "change"], [OUTPUT]),
        ]
    )
    return changed


def differences(made: Path, other: Path) -> tuple[list[int], float]:
    """Each clip's largest difference in steps of 16 bits; share of samples off by more than one."""
    largest, off, samples = [], 0, 0
    for path in sorted(made.glob("*.wav")):
        a, b = (
            soundfile.read(folder / path.name, dtype="int16")[0].astype(int)
            for folder in (made, other)
        )
        distance = np.abs(a - b)
        largest.append(int(distance.max()))
        off += int((distance > 1).sum())
        samples += len(distance)
    return largest, off / samples


def row(name: str, change: str, pairs: list[tuple[Path, Path]]) -> list[str]:
    found = [differences(*pair) for pair in pairs]
    largest = [steps for clips, _ in found for steps in clips]
    moved = sum(steps > 1 for steps in largest)
    share = 100 * np.mean([share for _, share in found])
    return [name, change, f"{moved} of {len(largest)}", str(max(largest)), f"{share:.2f}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with validation/")
    parser.add_argument("--half", choices=["select", "report"], default="select")
    parser.add_argument("--clips", type=int, help="only so many of them")
    parser.add_argument("--models", nargs="+", required=True, help="ONNX files of magnitudes")
    parser.add_argument(
        "--noise", nargs="*", type=float, default=[1.8e-7], help="mean relative changes"
    )
    parser.add_argument("--draws", type=int, default=3, help="how often noise is drawn")
    parser.add_argument("--command", help="run this program too instead of noise")
    options = parser.parse_args()

    clips = files(options.data, options.half)[: options.clips]
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        vocalise("mel", *clips, "-o", f"{work}/mels/")
        sing = ["vocode", f"{work}/mels", "--overwrite", "--jobs", "1"]
        for file in map(Path, options.models):
            made = work / file.stem
            vocalise(*sing, "-o", made, "--model", file)
            if options.command:
                other = work / f"{file.stem}-other"
                call = [*shlex.split(options.command), *sing, "-o", other, "--model", file, "-q"]
                subprocess.run(list(map(str, call)), check=True)
                rows.append(row(file.stem, options.command.split(" java")[0], [(made, other)]))
                continue
            for mean in options.noise:
                pairs = []
                for seed in range(1, 1 + options.draws):  # 0 draws what 1 draws
                    changed = work / f"{file.stem}-{mean}-{seed}.onnx"
                    # The mean of a Gaussian's distance from 0 is .8 of its deviation.
                    deviation = mean * np.sqrt(np.pi / 2)
                    onnx.save(noisy(onnx.load(file), deviation, seed), changed)
                    vocalise(*sing, "-o", changed.with_suffix(""), "--model", changed)
                    pairs.append((made, changed.with_suffix("")))
                rows.append(row(file.stem, f"noise of {mean:.1e}", pairs))
    heads = ["model", "change", "clips with more than one step", "largest, steps", "samples, %"]
    print(table(heads, rows))


if __name__ == "__main__":
    main()
