"""From a checkpoint to one self-describing ONNX file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import Tensor

from vocalise_train import metadata, onnx_graph
from vocalise_train.checkpoint import Checkpoint
from vocalise_train.height_one import HeightOne
from vocalise_train.mel import MelSpec, mel_spectrogram
from vocalise_train.models.generator import Generator, OutputKind
from vocalise_train.spectra import inverse_stft, largest_magnitude

TOLERANCE = {OutputKind.AUDIO: 1e-5, OutputKind.COMPLEX: 1e-4, OutputKind.MAGNITUDE: 1e-5}
"""Largest difference between PyTorch and ONNX Runtime, where 1 is full scale. Spectra with phases
come from an exponential and a turn by any angle, which multiply rounding: a trained
``vocos-small-prior`` in PyTorch is 2e-5 from its own output in double precision."""


@dataclass(frozen=True)
class Export:
    """What was exported: the model, the norms folded and the largest difference to PyTorch."""

    model: onnx.ModelProto
    folded: int
    difference: float


def export(checkpoint: Checkpoint, mels: Sequence[Tensor] = ()) -> Export:
    """Exports a checkpoint and compares PyTorch with ONNX Runtime.

    Args:
        checkpoint: what to export; the same one makes the same bytes.
        mels: mels ``[bands, frames]`` to compare on, in the spec's own values; without any, the
            mel of a synthetic tone.

    Raises:
        ValueError: the two differ by more than ``TOLERANCE``.
    """
    generator, folded = checkpoint.generator()
    description = checkpoint.description
    model = to_onnx(generator)
    entries = metadata.vocoder_metadata(description, generator, metadata.weights_sha256(model))
    metadata.embed(model, entries)
    tried = mels or [example_mel(description.mel, 64)]
    difference = max(largest_difference(generator, model, mel) for mel in tried)
    tolerance = TOLERANCE[generator.output]
    if not difference <= tolerance:
        raise ValueError(
            f"ONNX Runtime differs from PyTorch by {difference:.1e}, more than {tolerance:.0e}; "
            "nothing was written"
        )
    return Export(model, folded, difference)


def to_onnx(generator: Generator) -> onnx.ModelProto:
    """The generator's graph, batch and length dynamic, without metadata."""
    module = HeightOne(generator) if generator.serving.height_one else generator
    audio = generator.output is OutputKind.AUDIO
    axes = {0: "batch", 1: "samples"} if audio else {0: "batch", 2: "frames"}
    return onnx_graph.trace(
        module.eval(),
        example_mel(generator.spec, 16)[None],
        {"mel": {0: "batch", 2: "frames"}},
        dict.fromkeys(generator.output.names, axes),
    )


def largest_difference(generator: Generator, model: onnx.ModelProto, mel: Tensor) -> float:
    """Largest difference on one mel ``[bands, frames]``, where 1 is full scale.

    Spectra with phases are compared as waveforms; magnitudes in units of that of a sine of full
    scale, half the window's sum.
    """
    batch = mel[None].float()
    with torch.inference_mode():
        expected = as_tuple(generator(batch))
    actual = [torch.from_numpy(a) for a in onnx_graph.run(model, batch.numpy())]
    if any(not torch.isfinite(a).all() for a in (*expected, *actual)):
        return float("nan")
    if generator.output is OutputKind.COMPLEX:
        expected = (inverse_stft(*expected, generator.spec),)
        actual = [inverse_stft(*actual, generator.spec)]
    scale = 1.0
    if generator.output is OutputKind.MAGNITUDE:
        scale = largest_magnitude(generator.spec) / 2
    return max(float((a - e).abs().max() / scale) for a, e in zip(actual, expected, strict=True))


def as_tuple(outputs: Tensor | tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    return outputs if isinstance(outputs, tuple) else (outputs,)


def example_mel(spec: MelSpec, frames: int) -> Tensor:
    """The mel ``[bands, frames]`` of a rising tone with harmonics, in the spec's own values."""
    time = np.arange(frames * spec.hop) / spec.sample_rate
    phase = 2 * np.pi * (220 * time + 40 * time**2)
    wave = sum(0.3 / k * np.sin(k * phase) for k in range(1, 12))
    return mel_spectrogram(torch.from_numpy(wave), spec).float()


def write(checkpoint: Checkpoint, path: Path, mels: Sequence[Tensor] = ()) -> Export:
    """Exports to a file, which appears whole or not at all."""
    result = export(checkpoint, mels)
    onnx_graph.save(result.model, path)
    return result
