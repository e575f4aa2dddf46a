"""Checkpoints in HiFi-GAN's format, made here with its older weight normalisation."""

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from shared_data import shared_path

from vocalise_train import export
from vocalise_train.__main__ import main
from vocalise_train.checkpoint import load, random_checkpoint
from vocalise_train.hifigan_import import generator_sizes, import_hifigan
from vocalise_train.mel import HIFIGAN
from vocalise_train.models import architecture_of

# The published config of V2, as far as a generator needs it.
CONFIG = {
    "resblock": "1",
    "upsample_rates": [8, 8, 2, 2],
    "upsample_kernel_sizes": [16, 16, 4, 4],
    "upsample_initial_channel": 128,
    "resblock_kernel_sizes": [3, 7, 11],
    "resblock_dilation_sizes": [[1, 3, 5], [1, 3, 5], [1, 3, 5]],
    "num_mels": 80,
    "n_fft": 1024,
    "hop_size": 256,
    "win_size": 1024,
    "sampling_rate": 22050,
    "fmin": 0,
    "fmax": 8000,
    "fmax_for_loss": None,
}


def published(folder: Path, config: dict = CONFIG) -> Path:
    """Writes ``g_02500000`` and ``config.json`` as HiFi-GAN's training does."""
    state = random_checkpoint("x", "hifigan-v2", HIFIGAN, seed=5).state
    spelled = {
        key.replace("parametrizations.weight.original0", "weight_g").replace(
            "parametrizations.weight.original1", "weight_v"
        ): value
        for key, value in state.items()
    }
    torch.save({"generator": spelled}, folder / "g_02500000")
    (folder / "config.json").write_text(json.dumps(config))
    return folder / "g_02500000"


def test_an_imported_generator_runs_in_onnx_runtime_on_its_own_mels(tmp_path):
    saved, exported = tmp_path / "lj.safetensors", tmp_path / "lj.onnx"
    assert main(["import-hifigan", str(published(tmp_path)), "-o", str(saved)]) == 0
    mel = shared_path("data/golden/peers/c1_mel_hifigan.npy")
    assert main(["export", str(saved), "-o", str(exported), "--mel", str(mel)]) == 0
    entries = {e.key.removeprefix("vocalise."): e.value for e in onnx.load(exported).metadata_props}
    assert json.loads(entries["mel_spec"]) == HIFIGAN.to_json()
    assert entries["architecture"] == "hifigan-v2"
    assert entries["steps"] == "2500000"
    assert {entries[k] for k in ("created", "training_data", "licences")} == {"unknown"}


def test_an_imported_generator_computes_what_it_did(tmp_path):
    imported, folded = import_hifigan(
        published(tmp_path), tmp_path / "config.json", "lj"
    ).generator()
    original, _ = random_checkpoint("x", "hifigan-v2", HIFIGAN, seed=5).generator()
    mel = torch.from_numpy(np.random.default_rng(0).normal(-4, 2, (1, 80, 20))).float()
    assert folded == 78
    with torch.no_grad():
        torch.testing.assert_close(imported(mel), original(mel))


def test_sizes_of_ones_own_are_exported_under_the_familys_name(tmp_path):
    weights = published(tmp_path)
    config = CONFIG | {
        "fmax": None,
        "upsample_rates": [8, 8, 4],
        "upsample_kernel_sizes": [16, 16, 8],
    }
    (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(ValueError, match="g_02500000: the weights are not those of hifigan"):
        import_hifigan(weights, tmp_path / "config.json", "x")
    state = load_free(tmp_path, config)
    assert state.description.architecture.name == "hifigan"
    assert state.description.mel.f_max == 11025
    assert export.export(state).difference <= 1e-5


def load_free(folder: Path, config: dict):
    """A checkpoint of the config's sizes, through the published format."""
    torch.manual_seed(2)
    state = architecture_of(generator_sizes(config)).build(HIFIGAN).state_dict()
    torch.save({"generator": state}, folder / "generator.pt")
    checkpoint = import_hifigan(folder / "generator.pt", folder / "config.json", "free")
    assert checkpoint.description.steps == "unknown"
    checkpoint.save(folder / "free.safetensors")
    return load(folder / "free.safetensors")


class Harmful:
    def __reduce__(self):
        return (print, ("executed",))


def test_a_pickle_with_code_is_refused_and_not_run(tmp_path, capsys):
    weights = published(tmp_path)
    torch.save({"generator": Harmful()}, weights)
    with pytest.raises(ValueError, match="g_02500000: no weights that load without code"):
        import_hifigan(weights, tmp_path / "config.json", "x")
    assert "executed" not in capsys.readouterr().out


def test_a_config_without_a_field_names_it(tmp_path):
    weights = published(tmp_path, {k: v for k, v in CONFIG.items() if k != "resblock"})
    with pytest.raises(ValueError, match=r"config\.json: 'resblock' is missing"):
        import_hifigan(weights, tmp_path / "config.json", "x")
