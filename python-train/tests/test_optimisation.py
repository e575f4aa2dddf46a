"""Rates by step, averaged weights, saved optimisers, and the precision of trunks."""

import pytest
import torch
from torch import nn

from vocalise_train.mel import NTU
from vocalise_train.models import ARCHITECTURES
from vocalise_train.training import optimisation
from vocalise_train.training.config import OptimiserConfig
from vocalise_train.training.devices import set_precision
from vocalise_train.training.optimisation import Average, learning_rate


def test_a_cosine_rises_and_falls_to_its_end():
    config = OptimiserConfig(learning_rate=1.0, schedule="cosine", warmup=10, final=0.1)
    rates = [learning_rate(config, step, 110) for step in range(111)]
    assert rates[:2] == pytest.approx([0.1, 0.2])
    assert rates[10] == max(rates) == pytest.approx(1.0)
    assert rates[60] == pytest.approx(0.55)
    assert rates[110] == pytest.approx(0.1)


def test_a_decay_goes_by_the_step_and_as_fast_as_in_the_paper():
    config = OptimiserConfig(learning_rate=2e-4, decay=0.99999876)
    # An epoch of LJSpeech: 12,950 segments in batches of 16.
    assert learning_rate(config, 809, 1) / 2e-4 == pytest.approx(0.999, abs=1e-5)


def test_averaged_weights_follow():
    network = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(network.weight)
    average = Average(network, 0.9)
    nn.init.ones_(network.weight)
    average.follow(network, 1)
    # At first the decay is (1 + step) / (10 + step).
    assert float(average.network.weight) == pytest.approx(1 - 2 / 11)
    for step in range(1000, 1040):
        average.follow(network, step)
    assert float(average.network.weight) == pytest.approx(1, abs=0.01)
    assert not average.network.weight.requires_grad


def test_an_optimiser_is_saved_as_tensors():
    def made():
        torch.manual_seed(0)
        network = nn.Linear(3, 2)
        return network, optimisation.optimiser(network.parameters(), OptimiserConfig())

    def advance(network, optim):
        optim.zero_grad()
        network(torch.ones(1, 3)).square().sum().backward()
        optim.step()

    network, optim = made()
    for _ in range(3):
        advance(network, optim)
    other, again = made()
    other.load_state_dict(network.state_dict())
    optimisation.load_optimiser(again, optimisation.optimiser_tensors(optim))
    for pair in ((network, optim), (other, again)):
        advance(*pair)
    assert torch.equal(network.weight, other.weight)


@pytest.mark.parametrize("name", ["hifigan-v3", "vocos-small-prior", "magnitude"])
def test_a_trunk_in_bf16_makes_fp32_that_is_near(name):
    torch.manual_seed(0)
    generator = ARCHITECTURES[name].build(NTU)
    mel = torch.rand(1, 80, 24)
    with torch.no_grad():
        exact = generator(mel)
        set_precision("bf16", generator)
        near = generator(mel)
    for a, b in zip(
        exact if isinstance(exact, tuple) else (exact,),
        near if isinstance(near, tuple) else (near,),
        strict=True,
    ):
        assert b.dtype == torch.float32
        assert not torch.equal(a, b)
        assert (a - b).abs().mean() < 0.1 * a.abs().mean() + 1e-4


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_what_follows_from_the_spec_is_no_part_of_a_checkpoint(name):
    # Windows and filter banks in checkpoints broke the loading of other projects' models.
    generator = ARCHITECTURES[name].build(NTU)
    assert generator.state_dict().keys() == dict(generator.named_parameters()).keys()
