"""What a generator is asked for: its output in the right form, and the losses on it."""

import torch
from torch import Tensor, nn

from vocalise_train.data.batches import Batch
from vocalise_train.losses import magnitude
from vocalise_train.losses.mel import MultiScaleMelLoss, mel_loss
from vocalise_train.losses.stft import multi_resolution_stft_loss
from vocalise_train.models.generator import OutputKind
from vocalise_train.spectra import fast_griffin_lim, inverse_stft
from vocalise_train.training.config import Config

Output = Tensor | tuple[Tensor, ...]

_MAGNITUDE = ("log_magnitude", "magnitude", "convergence", "log_mel")
_WAVE = ("mel", "multi_scale_mel", "stft")


class Objective(nn.Module):
    """Losses of one run's generator, those without weight left out.

    ``form`` turns a generator's output into what losses and discriminators see: a waveform
    ``[B, samples]``, or a magnitude ``[B, bins, T]`` of a magnitude generator.
    """

    def __init__(self, config: Config, kind: OutputKind) -> None:
        super().__init__()
        self.kind = kind
        self.spec = config.spec
        weights = vars(config.losses)
        own = _MAGNITUDE if kind is OutputKind.MAGNITUDE else _WAVE
        foreign = [n for n in (*_MAGNITUDE, *_WAVE) if weights[n] and n not in own]
        if foreign:
            raise ValueError(
                f"losses.{foreign[0]} has no meaning for a generator of {kind.value}; "
                f"its losses are {', '.join(own)}"
            )
        self.weights = {name: weights[name] for name in own if weights[name]}
        if not self.weights:
            raise ValueError(f"no loss has a weight; those of {kind.value} are {', '.join(own)}")
        if self.weights.get("mel"):
            self.mel = mel_loss(self.spec)
        if self.weights.get("multi_scale_mel"):
            self.multi_scale_mel = MultiScaleMelLoss(self.spec.sample_rate)

    def form(self, output: Output) -> Tensor:
        if self.kind is OutputKind.COMPLEX:
            return inverse_stft(*output, self.spec)
        return output

    def target(self, batch: Batch) -> Tensor:
        """The recording in the form of ``form``."""
        return batch.magnitude if self.kind is OutputKind.MAGNITUDE else batch.wave

    def losses(self, fake: Tensor, batch: Batch) -> dict[str, Tensor]:
        """Each loss by name, without its weight."""
        return {name: self._loss(name, fake, batch) for name in self.weights}

    def _loss(self, name: str, fake: Tensor, batch: Batch) -> Tensor:
        match name:
            case "log_magnitude":
                return magnitude.log_magnitude(fake, batch.magnitude)
            case "magnitude":
                return magnitude.relative_magnitude(fake, batch.magnitude)
            case "convergence":
                return magnitude.convergence(fake, batch.magnitude)
            case "log_mel":
                return magnitude.log_mel(fake, batch.mel, self.spec)
            case "mel":
                return self.mel(fake, batch.wave)
            case "multi_scale_mel":
                return self.multi_scale_mel(fake, batch.wave)
            case "stft":
                return multi_resolution_stft_loss(fake, batch.wave, items_alike=True)
        raise AssertionError(name)

    def total(self, losses: dict[str, Tensor]) -> Tensor:
        return torch.stack([self.weights[n] * value for n, value in losses.items()]).sum()

    def wave(self, output: Output) -> Tensor:
        """A waveform to hear and to score; phases of magnitudes are found by iteration."""
        if self.kind is OutputKind.MAGNITUDE:
            return fast_griffin_lim(output, self.spec)
        return self.form(output)


def adversarial_weight(config: Config, step: int) -> float:
    """How much of the adversarial losses counts at a step: 0 before they start, rising to 1."""
    adversarial = config.adversarial
    if not adversarial.discriminators or step < adversarial.start:
        return 0.0
    if step < adversarial.start + adversarial.warmup:
        return (step - adversarial.start + 1) / adversarial.warmup
    return 1.0
