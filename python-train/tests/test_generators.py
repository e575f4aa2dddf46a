"""What the architectures promise: size, receptive field, length and alignment."""

import json
from dataclasses import replace

import pytest
import torch
from torch.nn.utils import parametrize

from vocalise_train import weight_norm
from vocalise_train.checkpoint import random_checkpoint
from vocalise_train.export import as_tuple, example_mel
from vocalise_train.height_one import HeightOne
from vocalise_train.mel import HIFIGAN, NTU, VOCOS24K, mel_spectrogram, stft
from vocalise_train.models import ARCHITECTURES, architecture_from_json
from vocalise_train.models.generator import Generator, OutputKind
from vocalise_train.models.hifigan import Hifigan, HifiganConfig
from vocalise_train.spectra import inverse_stft

# Plain weights: vocoders.md of the references gives 13.92, 0.92 and 1.46 M for HiFi-GAN.
PARAMETERS = {
    "hifigan-v1": 13_926_017,
    "hifigan-v2": 925_985,
    "hifigan-v3": 1_462_273,
    "vocos-full": 13_459_970,
    "vocos-full-prior": 13_459_970,
    "vocos-small-prior": 3_584_770,
    "vocos-small": 3_584_770,
    "magnitude": 2_658_817,
    # The magnitude net's, two layers more (482 fundamentals, 513 gains) and the sharpness.
    "harmonic": 2_658_817 + 257 * (482 + 513) + 1,
}
CONTEXT = {
    "hifigan-v1": 13,
    "hifigan-v2": 13,
    "hifigan-v3": 11,
    "vocos-full": 27 + 2,
    "vocos-full-prior": 27 + 2,
    "vocos-small-prior": 27 + 2,
    "vocos-small": 27 + 2,
    "magnitude": 21,
    "harmonic": 21,
}


def generator(name: str, spec=NTU) -> Generator:
    return random_checkpoint("test", name, spec, seed=7).generator()[0]


def waveform(network: Generator, mel: torch.Tensor) -> torch.Tensor:
    """The samples ``[1, hop T]`` that depend on a mel, phases of magnitudes taken as 0."""
    outputs = as_tuple(network(mel))
    if network.output is OutputKind.COMPLEX:
        return inverse_stft(*outputs, network.spec)
    return outputs[0]


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_parameters_are_those_of_the_paper(name):
    count = sum(p.numel() for p in generator(name).parameters())
    assert count == PARAMETERS[name]


def reach(network: Generator) -> int:
    """Frames to one side at most that the gradients of a frame's samples reach."""
    hop = network.spec.hop
    mel = example_mel(network.spec, 81).double()[None].requires_grad_()
    made = waveform(network.double(), mel)
    per_frame = 1 if network.output is OutputKind.MAGNITUDE else hop
    middle = made[..., 40 * per_frame : 41 * per_frame]
    weights = torch.linspace(0.5, 1.5, middle.numel(), dtype=torch.float64).reshape(middle.shape)
    (middle * weights).sum().backward()
    reached = mel.grad[0].abs().sum(0).nonzero().flatten() - 40
    return int(max(-reached.min(), reached.max()))


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_the_context_is_the_receptive_field(name):
    network = generator(name)
    assert network.serving.context_frames == CONTEXT[name]
    assert reach(network) == CONTEXT[name]


@pytest.mark.parametrize(
    "config",
    [
        HifiganConfig("2", (4, 4), (8, 8), 16, (3,), ((1, 2),)),
        HifiganConfig("1", (2, 8), (2, 12), 16, (3, 5), ((1, 9), (2,))),
    ],
)
def test_the_context_of_other_sizes_is_their_receptive_field(config):
    torch.manual_seed(0)
    network = Hifigan(replace(NTU, hop=16), config)
    assert reach(network) == network.serving.context_frames


@pytest.mark.parametrize("name", ARCHITECTURES)
@pytest.mark.parametrize("frames", [1, 2, 37])
def test_there_are_256_samples_a_frame(name, frames):
    with torch.no_grad():
        made = waveform(generator(name), example_mel(NTU, frames)[None])
    is_magnitude = generator(name).output is OutputKind.MAGNITUDE
    assert made.shape == ((1, 513, frames) if is_magnitude else (1, 256 * frames))
    assert torch.isfinite(made).all()


@pytest.mark.parametrize("name", ["hifigan-v2", "hifigan-v3", "vocos-small"])
def test_what_a_frame_changes_is_centred_on_it(name):
    """A frame's support in the waveform is symmetric around sample 256 t + 127.5."""
    network = generator(name).double()
    mel = example_mel(NTU, 81).double()[None]
    louder = torch.zeros_like(mel)
    louder[..., 40] = 1
    _, change = torch.func.jvp(lambda m: waveform(network, m), (mel,), (louder,))
    changed = change[0].nonzero().flatten()
    centre = (changed.min() + changed.max()) / 2
    # The Hann window's first sample is 0: half a sample.
    assert abs(centre.item() - (256 * 40 + 127.5)) <= 0.5


def test_an_inverse_stft_returns_the_signal():
    wave = torch.sin(torch.arange(256 * 30, dtype=torch.float64) ** 1.3 / 50)[None]
    for spec in (NTU, HIFIGAN):
        spectrum = stft(wave, spec)
        torch.testing.assert_close(inverse_stft(spectrum.real, spectrum.imag, spec), wave)


def test_an_untrained_magnitude_net_starts_from_the_mel():
    """White noise has a flat spectrum, and so has what its mel suggests."""
    torch.manual_seed(0)
    noise = 0.1 * torch.randn(256 * 200)
    network = generator("magnitude")
    torch.nn.init.zeros_(network.head.weight)
    with torch.no_grad():
        made = network(mel_spectrogram(noise, NTU)[None])[0]
    true = stft(noise, NTU).abs()
    ratio = (made.square().mean(1) / true.square().mean(1)).log()
    assert ratio[2:370].abs().mean() < 0.2


@pytest.mark.parametrize("name", ["hifigan-v2", "hifigan-v3", "vocos-small", "harmonic"])
def test_convolutions_of_height_one_compute_the_same(name):
    network = generator(name)
    mel = example_mel(NTU, 40)[None]
    with torch.no_grad():
        for a, b in zip(as_tuple(network(mel)), as_tuple(HeightOne(network)(mel)), strict=True):
            torch.testing.assert_close(a, b, rtol=1e-5, atol=1e-5)


def test_the_logarithm_is_part_of_the_model():
    network = generator("hifigan-v2")
    mel = example_mel(NTU, 10)[None]
    mel[..., 3] = 0
    with torch.no_grad():
        torch.testing.assert_close(network(mel), network.generate(mel.clamp(min=1e-5).log()))
        of_ln = generator("hifigan-v2", HIFIGAN)
        torch.testing.assert_close(of_ln(mel), of_ln.generate(mel))


def test_weights_are_normalised_until_they_are_folded():
    network = ARCHITECTURES["hifigan-v2"].build(NTU)
    assert sum(parametrize.is_parametrized(m, "weight") for m in network.modules()) == 78
    mel = example_mel(NTU, 8)[None]
    with torch.no_grad():
        before = network(mel)
        folded, count = weight_norm.fold(network.state_dict())
        plain = weight_norm.strip(ARCHITECTURES["hifigan-v2"].build(NTU))
        plain.load_state_dict(folded)
        assert count == 78
        torch.testing.assert_close(plain(mel), before)


def test_the_older_hook_folds_to_the_same_weights():
    torch.manual_seed(1)
    for layer in (torch.nn.Conv1d(4, 6, 3), torch.nn.ConvTranspose1d(4, 6, 3)):
        plain = layer.weight.detach().clone()
        with pytest.warns(FutureWarning):
            hooked = torch.nn.utils.weight_norm(layer)
        state, count = weight_norm.fold({f"up.{k}": v for k, v in hooked.state_dict().items()})
        assert count == 1
        assert state.keys() == {"up.weight", "up.bias"}
        torch.testing.assert_close(state["up.weight"], plain)


def test_a_direction_without_its_length_is_refused():
    with pytest.raises(ValueError, match=r"ups\.0\.weight_v has no ups\.0\.weight_g beside it"):
        weight_norm.fold({"ups.0.weight_v": torch.ones(2, 2, 2)})


def test_an_uneven_upsampling_is_refused():
    with pytest.raises(ValueError, match="kernel 11 with rate 8: their difference must be even"):
        HifiganConfig("1", (8,), (11,), 8, (3,), ((1,),))


def test_centred_frames_are_refused():
    with pytest.raises(ValueError, match="centred"):
        ARCHITECTURES["vocos-small"].build(VOCOS24K)


def test_a_hop_that_the_rates_do_not_make_is_refused():
    with pytest.raises(ValueError, match="make 256 samples a frame, but the hop is 128"):
        ARCHITECTURES["hifigan-v2"].build(replace(NTU, hop=128))


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_an_architecture_survives_json(name):
    values = json.loads(json.dumps(ARCHITECTURES[name].to_json()))
    assert architecture_from_json(values) == ARCHITECTURES[name]
