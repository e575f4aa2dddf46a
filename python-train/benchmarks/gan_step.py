"""How long one step of HiFi-GAN V1's original recipe takes, ours and a plain one, in turns.

    python benchmarks/gan_step.py [--batch 16] [--samples 8192] [--rounds 3]

Both start from the same weights and see the same batch, so their losses are compared too. Prints
CPU seconds of a step on one thread, the best of the rounds, then those of the parts of ours, and
the largest memory of the process, which holds both.
"""

import argparse
import resource
import time
import warnings
from collections.abc import Callable
from functools import partial

import torch
from plain_hifigan import MEL_WEIGHT, PlainStep
from torch import Tensor, nn

from vocalise_train import weight_norm
from vocalise_train.discriminators import DISCRIMINATORS, Discriminators
from vocalise_train.losses.adversarial import discriminator_loss, generator_losses
from vocalise_train.losses.mel import mel_loss
from vocalise_train.mel import HIFIGAN, mel_spectrogram
from vocalise_train.models import ARCHITECTURES


class OurStep:
    """The same step with the package's parts."""

    def __init__(self) -> None:
        self.generator = ARCHITECTURES["hifigan-v1"].build(HIFIGAN)
        self.discriminators = Discriminators(["periods", "scales"])
        self.mel_loss = mel_loss(HIFIGAN)
        settings = {"lr": 2e-4, "betas": (0.8, 0.99), "fused": True}
        self.generator_optimiser = torch.optim.AdamW(self.generator.parameters(), **settings)
        self.discriminator_optimiser = torch.optim.AdamW(
            self.discriminators.parameters(), **settings
        )

    def __call__(self, ln_mel: Tensor, wave: Tensor) -> dict[str, float]:
        made = self.generator(ln_mel)
        self.discriminator_optimiser.zero_grad()
        discriminator = discriminator_loss(self.discriminators, wave, made)
        discriminator.backward()
        self.discriminator_optimiser.step()

        self.generator_optimiser.zero_grad()
        mel = self.mel_loss(made, wave)
        adversarial, matching = generator_losses(self.discriminators, wave, made)
        (adversarial + 2 * matching + MEL_WEIGHT * mel).backward()
        self.generator_optimiser.step()
        return {
            "discriminator": discriminator.item(),
            "mel": mel.item(),
            "feature_matching": matching.item(),
            "adversarial": adversarial.item(),
        }

    def parts(self, ln_mel: Tensor, wave: Tensor) -> dict[str, Callable[[], object]]:
        """What a step consists of, and the turns of the discriminators that others would have."""
        made = self.generator(ln_mel).detach().requires_grad_()
        parts = {
            "generator, forward and backward": lambda: self.generator(ln_mel).sum().backward(),
            "mel loss": lambda: self.mel_loss(made, wave).backward(),
            "optimisers": lambda: (
                self.generator_optimiser.step(),
                self.discriminator_optimiser.step(),
            ),
        }
        for name, kind in DISCRIMINATORS.items():
            if not kind.of_magnitudes:
                network = kind()
                parts[f"{name}, their turn"] = partial(_discriminators_turn, network, wave, made)
                parts[f"{name}, the generator's"] = partial(_generators_turn, network, wave, made)
        return parts


def _discriminators_turn(network: nn.Module, wave: Tensor, made: Tensor) -> None:
    discriminator_loss(network, wave, made).backward()


def _generators_turn(network: nn.Module, wave: Tensor, made: Tensor) -> None:
    sum(generator_losses(network, wave, made)).backward()


def copy_weights(ours: OurStep, plain: PlainStep) -> None:
    """Gives the plain networks our weights, under the older hooks' names and layouts."""
    source, target = ours.generator.state_dict(), plain.generator.state_dict()
    for key in target:
        spelt = key.replace("weight_g", "parametrizations.weight.original0").replace(
            "weight_v", "parametrizations.weight.original1"
        )
        target[key] = source[spelt]
    plain.generator.load_state_dict(target)
    for kind, theirs in (
        ("periods", plain.discriminators.periods),
        ("scales", plain.discriminators.scales),
    ):
        source, _ = weight_norm.fold(ours.discriminators.kinds[kind].discriminators.state_dict())
        target = theirs.state_dict()
        for key, value in target.items():
            name, _, leaf = key.rpartition(".")
            spectral = f"{name}.parametrizations.weight."
            if leaf == "weight_v" and f"{name}.weight" in source:
                value = source[f"{name}.weight"]
                target[key] = value.transpose(2, 3) if kind == "periods" else value
            elif leaf == "weight_g":
                weight = source[f"{name}.weight"]
                target[key] = weight.flatten(1).norm(dim=1).reshape(value.shape)
            elif leaf == "bias":
                target[key] = source[key]
            else:
                old = {"weight_orig": "original", "weight_u": "0._u", "weight_v": "0._v"}
                target[key] = source[spectral + old[leaf]]
        theirs.load_state_dict(target)


def seconds(run: Callable[[], object]) -> float:
    """CPU time, because other processes may share the cores."""
    start = time.process_time()
    run()
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--samples", type=int, default=8192)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    warnings.simplefilter("ignore", FutureWarning)
    torch.set_num_threads(1)
    torch.manual_seed(0)
    ours, plain = OurStep(), PlainStep()
    copy_weights(ours, plain)
    wave = 0.1 * torch.randn(options.batch, options.samples)
    ln_mel = mel_spectrogram(wave, HIFIGAN)
    best = {"plain": float("inf"), "ours": float("inf")}
    for _ in range(options.rounds):
        for name, step in (("plain", plain), ("ours", ours)):
            losses = {}
            spent = seconds(lambda step=step, losses=losses: losses.update(step(ln_mel, wave)))
            best[name] = min(best[name], spent)
            words = "  ".join(f"{key} {value:.5f}" for key, value in losses.items())
            print(f"{name:5}  {spent:7.2f} s  {words}", flush=True)
    print(f"plain {best['plain']:.2f} s, ours {best['ours']:.2f} s: ", end="")
    print(f"{best['ours'] / best['plain']:.3f} of the time", flush=True)
    for name, run in ours.parts(ln_mel, wave).items():
        print(f"  {name}: {min(seconds(run) for _ in range(2)):.2f} s", flush=True)
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GiB")


if __name__ == "__main__":
    main()
