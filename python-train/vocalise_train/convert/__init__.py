"""Converters of published scoring networks to ONNX."""

from pathlib import Path

import onnx

from vocalise_train import metadata, onnx_graph
from vocalise_train.convert import crepe, efficientat, vggish

_NETWORKS = {
    "crepe": crepe.convert,
    "vggish": vggish.convert,
    "efficientat-mn04": efficientat.convert,
}


def convert(network: str, weights: Path, output: Path) -> None:
    """Converts ``weights`` and writes ``output``, whole or not at all.

    Raises:
        ValueError: the weights are not the network's; the message names the file.
    """
    onnx_graph.save(described(*_NETWORKS[network](weights)), output)


def described(model: onnx.ModelProto, entries: dict[str, str]) -> onnx.ModelProto:
    """The model with metadata: the schema, ``entries``, its weights' hash and the exporter."""
    common = {
        "schema": str(metadata.SCHEMA),
        "weights_sha256": metadata.weights_sha256(model),
        "exporter_version": metadata.EXPORTER,
    }
    metadata.embed(model, common | entries)
    return model
