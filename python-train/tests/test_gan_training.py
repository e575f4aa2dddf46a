"""Adversarial runs: discriminators start, resume, and are refused where they don't fit."""

import pytest
import torch

from vocalise_train import models
from vocalise_train.checkpoint import load, random_checkpoint
from vocalise_train.discriminators import Discriminators
from vocalise_train.mel import HIFIGAN, NTU
from vocalise_train.models.generator import OutputKind
from vocalise_train.training import checkpoints, presets
from vocalise_train.training.objective import Objective

COMPLEX = (
    "architecture=vocos-small-prior", "losses.log_magnitude=0", "losses.magnitude=0",
    "losses.convergence=0", "losses.log_mel=0", "losses.multi_scale_mel=15", "losses.stft=1",
    "adversarial.channels=0.03", "adversarial.discriminators=[periods, resolutions]",
    "adversarial.loss=hinge", "segment_frames=20",
)  # fmt: skip
HIFIGAN_LIKE = (
    "architecture=hifigan-v3", "sizes={upsample_initial_channel: 16}", "losses.log_magnitude=0",
    "losses.magnitude=0", "losses.convergence=0", "losses.log_mel=0", "losses.mel=45",
    "adversarial.channels=0.03", "adversarial.discriminators=[periods, scales]",
    "average=0", "optimiser.clip=0",
)  # fmt: skip
PATCHES = ("adversarial.discriminators=[patches]", "adversarial.channels=0.1")


def sets(*changes: str) -> list[str]:
    return [word for change in changes for word in ("--set", change)]


@pytest.mark.parametrize(
    "changes", [COMPLEX, HIFIGAN_LIKE, PATCHES], ids=["singing", "hifigan", "patches"]
)
def test_discriminators_start_after_regression_and_resume_bit_for_bit(
    train, tmp_path, events, weights, assert_equal, changes
):
    changes = sets(*changes, "adversarial.start=3", "adversarial.warmup=2", "steps=6",
                   "report.checkpoint_every=2", "report.log_every=1", "report.keep=9")  # fmt: skip
    code, err = train("whole", *changes)
    assert code == 0, err
    lines = [e for e in events(tmp_path / "whole") if e["kind"] == "train"]
    adversarial = [e["step"] for e in lines if "discriminator" in e["losses"]]
    assert adversarial == [4, 5, 6]
    assert {"adversarial", "feature_matching", "total"} <= lines[-1]["losses"].keys()
    early = weights(tmp_path / "whole", 2)
    late = weights(tmp_path / "whole", 6)
    moved = [
        k for k in early if k.startswith("discriminators/") and not torch.equal(early[k], late[k])
    ]
    assert len(moved) > 5
    # Back to before the discriminators began.
    for step in (4, 6):
        folder = checkpoints.path_of(tmp_path / "whole/checkpoints", step)
        (folder / checkpoints.NUMBERS).write_text("damaged")
    assert train("whole", new=False)[0] == 0
    assert_equal(weights(tmp_path / "whole", 6), late)


@pytest.mark.parametrize("name", presets.names())
def test_every_preset_has_losses_and_discriminators_that_fit(name):
    config = presets.resolve(name)
    generator, _ = models._FAMILIES[config.built_architecture().family]
    assert Objective(config, generator.output).weights
    if config.adversarial.discriminators:
        judges = Discriminators(config.adversarial.discriminators, 0.01)
        assert judges.of_magnitudes == (generator.output is OutputKind.MAGNITUDE)


def test_discriminators_that_judge_something_else_are_refused(train):
    code, err = train("a", *sets("adversarial.discriminators=[periods]"))
    assert code == 4
    assert "periods can't judge what magnitude makes" in err
    code, err = train("b", *sets("adversarial.discriminators=[periods, patches]"))
    assert code == 4
    assert "waveforms or magnitudes, not both" in err


def test_losses_of_another_kind_of_generator_are_refused(train):
    code, err = train("a", *sets("losses.multi_scale_mel=15"))
    assert code == 4
    assert "losses.multi_scale_mel has no meaning for a generator of magnitude" in err


def test_a_run_starts_from_a_checkpoint(train, tmp_path, weights):
    initial = tmp_path / "initial.safetensors"
    random_checkpoint("x", "hifigan-v3", NTU, seed=7).save(initial)
    same = [c for c in HIFIGAN_LIKE if not c.startswith("sizes")]
    changes = sets(*same, f"initial={initial}", "sizes={}", "steps=1", "optimiser.learning_rate=0",
                   "adversarial.start=9")  # fmt: skip
    code, err = train("a", *changes)
    assert code == 0, err
    plain, _ = load(initial).generator()
    path = checkpoints.path_of(tmp_path / "a/checkpoints", 1) / checkpoints.GENERATOR
    started, _ = load(path).generator()
    mel = torch.rand(1, 80, 8)
    torch.testing.assert_close(started(mel), plain(mel), rtol=1e-4, atol=1e-5)
    # A container that goes on with it has another path, and the file may have gone meanwhile.
    initial.unlink()
    code, err = train("a", "--set", f"initial=/elsewhere/{initial.name}", new=False)
    assert code == 0, err
    code, err = train("a", "--set", "initial=other.safetensors", new=False)
    assert code == 4
    assert "initial: initial.safetensors -> other.safetensors" in err


def test_a_start_from_nothing_is_refused_with_the_cure(train):
    code, err = train("a", *sets("initial='/nowhere/x: #1.safetensors'"))
    assert code == 4
    assert "initial: /nowhere/x: #1.safetensors: no such file; it is a checkpoint" in err


@pytest.mark.parametrize(
    ("name", "spec", "message"),
    [
        ("hifigan-v2", NTU, "is hifigan-v2, not magnitude-custom"),
        ("magnitude", NTU, "is magnitude, not magnitude-custom"),
    ],
)
def test_a_start_from_another_network_is_refused(train, tmp_path, name, spec, message):
    initial = tmp_path / "initial.safetensors"
    random_checkpoint("x", name, spec, seed=7).save(initial)
    code, err = train("a", *sets(f"initial={initial}"))
    assert code == 4
    assert message in err


def test_a_start_from_another_mel_is_refused(train, tmp_path):
    initial = tmp_path / "initial.safetensors"
    random_checkpoint("x", "magnitude", HIFIGAN, seed=7).save(initial)
    code, err = train("a", *sets(f"initial={initial}", "sizes={}"))
    assert code == 4
    assert "takes another mel, see scale, norm" in err
