"""What an exported vocoder says about itself: schema 1, keys prefixed ``vocalise.``."""

import hashlib
import json

import onnx

from vocalise_train import __version__
from vocalise_train.checkpoint import Description
from vocalise_train.models.generator import Generator, OutputKind

SCHEMA = 1
EXPORTER = f"vocalise_train {__version__}"


def vocoder_metadata(
    description: Description, generator: Generator, weights_sha256: str
) -> dict[str, str]:
    """All entries of a vocoder's metadata (docs/models.md lists them)."""
    spec = description.mel
    entries = {
        "schema": str(SCHEMA),
        "name": description.name,
        "architecture": description.architecture.name,
        "mel_spec": _json(spec.to_json()),
        "output_kind": generator.output.value,
        "context_frames": str(generator.serving.context_frames),
        "chunk_frames": str(generator.serving.chunk_frames),
        "samples_per_frame": str(spec.hop),
        "training_data": description.training_data,
        "licences": description.licences,
        "steps": str(description.steps),
        "config_sha256": description.config_sha256,
        "weights_sha256": weights_sha256,
        "created": description.created,
        "exporter_version": EXPORTER,
    }
    if generator.output is OutputKind.COMPLEX:
        entries["inverse_stft"] = _json(
            {
                "nFft": spec.n_fft,
                "hop": spec.hop,
                "window": "hann",
                "windowLength": spec.window_length,
                "padding": spec.padding,
            }
        )
    return entries


def weights_sha256(model: onnx.ModelProto) -> str:
    """SHA-256 over the initialisers sorted by name: of each its name in UTF-8, then its values.

    The values are row-major and little-endian, as the file holds them.
    """
    digest = hashlib.sha256()
    for tensor in sorted(model.graph.initializer, key=lambda t: t.name):
        values = onnx.numpy_helper.to_array(tensor)
        digest.update(tensor.name.encode())
        digest.update(values.astype(values.dtype.newbyteorder("<")).tobytes())
    return digest.hexdigest()


def embed(model: onnx.ModelProto, entries: dict[str, str]) -> None:
    """Writes entries into a model, sorted, each key with the prefix."""
    onnx.helper.set_model_props(model, {f"vocalise.{k}": entries[k] for k in sorted(entries)})


def _json(values: dict) -> str:
    return json.dumps(values, separators=(",", ":"))
