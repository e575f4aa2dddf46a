"""The exported file: parity with PyTorch, metadata, bytes."""

import hashlib
import json
import re

import numpy as np
import onnx
import pytest
import torch
from shared_data import shared_path

from vocalise_train import export, onnx_graph
from vocalise_train.__main__ import main
from vocalise_train.checkpoint import Checkpoint, load, random_checkpoint
from vocalise_train.mel import HIFIGAN, NTU
from vocalise_train.models import ARCHITECTURES
from vocalise_train.models.generator import OutputKind
from vocalise_train.spectra import inverse_stft

LIGHT = [name for name in ARCHITECTURES if name != "hifigan-v1" and "full" not in name]


def checkpoint(name: str, spec=NTU) -> Checkpoint:
    return random_checkpoint("test", name, spec, seed=3)


def metadata_of(model: onnx.ModelProto) -> dict[str, str]:
    return {entry.key.removeprefix("vocalise."): entry.value for entry in model.metadata_props}


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_onnx_runtime_agrees_with_pytorch_on_real_mels(name):
    clips = ["c1"] if name == "hifigan-v1" else ["c1", "c2", "c3", "c4", "r1"]
    golden = "data/golden/peers/{}_mel_ta.npy"
    mels = [torch.from_numpy(np.load(shared_path(golden.format(clip)))) for clip in clips]
    result = export.export(checkpoint(name), mels)
    assert result.difference <= 1e-5
    assert result.folded == {"hifigan-v1": 78, "hifigan-v2": 78, "hifigan-v3": 23}.get(name, 0)
    assert not {"ReduceL2", "ReduceSumSquare"} & {n.op_type for n in result.model.graph.node}


@pytest.mark.parametrize("name", LIGHT)
def test_batch_and_length_are_dynamic(name):
    generator, _ = checkpoint(name).generator()
    model = export.to_onnx(generator)
    mels = torch.stack([export.example_mel(NTU, 21), export.example_mel(NTU, 42)[:, 21:]])
    together = onnx_graph.run(model, mels.numpy())
    for i, mel in enumerate(mels):
        alone = onnx_graph.run(model, mel[None].numpy())
        for a, b in zip(together, alone, strict=True):
            np.testing.assert_allclose(a[i], b[0], atol=1e-5)
    for output in onnx_graph.run(model, mels[:1, :, :1].numpy()):
        assert output.shape in ((1, 256), (1, 513, 1))


@pytest.mark.parametrize("name", LIGHT)
def test_shapes_and_names_are_those_of_the_schema(name):
    model = export.to_onnx(checkpoint(name).generator()[0])
    values = {
        value.name: [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]
        for value in (*model.graph.input, *model.graph.output)
    }
    assert values.pop("mel") == ["batch", 80, "frames"]
    spectrum = ["batch", 513, "frames"]
    assert values in (
        {"audio": ["batch", "samples"]},
        {"real": spectrum, "imaginary": spectrum},
        {"magnitude": spectrum},
    )
    assert [(o.domain, o.version) for o in model.opset_import] == [("", onnx_graph.OPSET)]


def test_metadata_describes_the_model():
    model = export.export(checkpoint("vocos-small")).model
    entries = metadata_of(model)
    assert json.loads(entries.pop("mel_spec")) == NTU.to_json()
    assert json.loads(entries.pop("inverse_stft")) == {
        "nFft": 1024,
        "hop": 256,
        "window": "hann",
        "windowLength": 1024,
        "padding": "zero",
    }
    digest = hashlib.sha256()
    for tensor in sorted(model.graph.initializer, key=lambda t: t.name):
        digest.update(tensor.name.encode() + tensor.raw_data)
    assert entries.pop("weights_sha256") == digest.hexdigest()
    assert re.fullmatch("[0-9a-f]{64}", entries.pop("config_sha256"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entries.pop("created"))
    assert entries == {
        "schema": "1",
        "name": "test",
        "architecture": "vocos-small",
        "output_kind": "complex",
        "context_frames": "29",
        "chunk_frames": "1024",
        "samples_per_frame": "256",
        "training_data": "none",
        "licences": "none",
        "steps": "0",
        "exporter_version": "vocalise_train 0.1.0",
    }


def test_only_complex_outputs_name_an_inverse_transform():
    for name in ("hifigan-v2", "magnitude"):
        assert "inverse_stft" not in metadata_of(export.export(checkpoint(name)).model)


@pytest.mark.parametrize("name", LIGHT)
def test_exporting_twice_makes_the_same_bytes(name, tmp_path):
    saved = tmp_path / "a.safetensors"
    checkpoint(name).save(saved)
    for output in ("a.onnx", "b.onnx"):
        export.write(load(saved), tmp_path / output)
    assert (tmp_path / "a.onnx").read_bytes() == (tmp_path / "b.onnx").read_bytes()


def test_a_seed_makes_the_same_checkpoint_bytes(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("a", "b"):
        checkpoint("hifigan-v2").save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert load(tmp_path / "a").description.created == "2023-11-14T22:13:20Z"


def test_a_checkpoint_survives_its_file(tmp_path):
    original = checkpoint("hifigan-v3", HIFIGAN)
    original.save(tmp_path / "c")
    read = load(tmp_path / "c")
    assert read.description == original.description
    assert read.state.keys() == original.state.keys()
    assert all(torch.equal(read.state[key], value) for key, value in original.state.items())


def test_weights_of_another_architecture_are_refused():
    wrong = Checkpoint(checkpoint("hifigan-v3").description, checkpoint("hifigan-v2").state)
    with pytest.raises(ValueError, match="not those of hifigan-v3"):
        wrong.generator()


def test_weights_that_are_not_finite_are_refused():
    broken = checkpoint("hifigan-v2")
    broken.state["conv_post.bias"].fill_(float("nan"))
    with pytest.raises(ValueError, match="differs from PyTorch by nan"):
        export.export(broken)


def test_new_and_export_run_from_the_command_line(tmp_path, capsys):
    saved, exported = tmp_path / "v2.safetensors", tmp_path / "v2.onnx"
    assert main(["new", "hifigan-v2", "-o", str(saved)]) == 0
    assert main(["export", str(saved), "-o", str(exported)]) == 0
    assert "78 weight norms folded" in capsys.readouterr().out
    assert metadata_of(onnx.load(exported))["name"] == "v2"
    assert main(["export", str(saved), "-o", str(exported)]) == 4
    assert "--overwrite" in capsys.readouterr().err


def test_a_file_that_is_no_checkpoint_is_refused(tmp_path, capsys):
    path = tmp_path / "x.safetensors"
    path.write_bytes(b"no checkpoint")
    assert main(["export", str(path), "-o", str(tmp_path / "x.onnx")]) == 4
    assert str(path) in capsys.readouterr().err
    assert not (tmp_path / "x.onnx").exists()


def test_a_mel_of_other_bands_is_refused(tmp_path, capsys):
    checkpoint("hifigan-v2").save(tmp_path / "v2.safetensors")
    np.save(tmp_path / "mel.npy", np.ones((100, 5), np.float32))
    arguments = ["export", str(tmp_path / "v2.safetensors"), "-o", str(tmp_path / "v2.onnx")]
    assert main([*arguments, "--mel", str(tmp_path / "mel.npy")]) == 4
    assert "mel.npy: float32 of shape (100, 5), not floats (80, frames)" in capsys.readouterr().err


@pytest.mark.parametrize("name", LIGHT)
def test_chunks_with_their_context_make_the_whole(name):
    """Samples of a chunk need ``context_frames`` on each side and no more."""
    generator, _ = checkpoint(name).generator()
    session = onnx_graph.session(export.to_onnx(generator))
    mel = torch.from_numpy(np.load(shared_path("data/golden/peers/c1_mel_ta.npy")))[None, :, :150]
    context = generator.serving.context_frames

    def run(first: int, last: int) -> torch.Tensor:
        outputs = session.run(None, {"mel": mel[:, :, first:last].numpy()})
        outputs = [torch.from_numpy(o) for o in outputs]
        made = inverse_stft(*outputs, NTU) if len(outputs) == 2 else outputs[0]
        return made.unflatten(-1, (last - first, -1))

    whole = run(0, 150)
    for start in range(0, 150, 40):
        end = min(150, start + 40)
        first, last = max(0, start - context), min(150, end + context)
        frames = slice(start - first, end - first)
        chunk = run(first, last)[..., frames, :]
        scale = 256 if generator.output is OutputKind.MAGNITUDE else 1
        assert (chunk - whole[..., start:end, :]).abs().max() / scale <= 1e-6
