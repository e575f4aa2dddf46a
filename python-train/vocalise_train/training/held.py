"""The recordings that a run validates on, and their files for whoever validates outside."""

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import torch
from torch import Tensor

from vocalise_train.data.manifest import VALIDATION
from vocalise_train.mel import mel_spectrogram
from vocalise_train.training.config import Config
from vocalise_train.training.dataset import Dataset
from vocalise_train.training.run_directory import write_bytes, write_text

CLIPS = "clips.json"


@dataclass(frozen=True)
class Held:
    """A recording to validate on.

    Attributes:
        name: of the recording, as the manifest has it.
        stem: what its files are called, without ending; no two of a run are equal.
        wave: samples ``[hop T]`` in [-1, 1], multiples of 1/32768.
        mel: ``[bands, T]`` in the spec's own values.
    """

    name: str
    stem: str
    wave: Tensor
    mel: Tensor


def held_clips(data: Dataset, config: Config) -> list[Held]:
    """The recordings that validate, cut to ``clip_seconds`` from their first sound on.

    Of many, some are taken at even distances.
    """
    clips, store, spec = data.manifest.clips, data.store, config.spec
    limit = int(config.report.clip_seconds * spec.sample_rate)
    places = [i for i, clip in enumerate(clips) if clip.split == VALIDATION]
    count = min(config.report.clips, len(places))
    chosen = [places[i * len(places) // count] for i in range(count)]
    held: list[Held] = []
    for place in chosen:
        wave = store.clip(place).cpu()
        audible = store.audible[place]
        start = min(int(audible[0]) if len(audible) else 0, max(0, len(wave) - limit))
        first = start // spec.hop
        frames = min(limit, len(wave) - first * spec.hop) // spec.hop
        if data.mels:
            frames = min(frames, data.mels[place].shape[1] - first)
        if frames < 16:
            continue
        wave = wave[first * spec.hop :][: frames * spec.hop]
        if data.mels:
            mel = torch.from_numpy(data.mels[place][:, first : first + frames])
        else:
            mel = mel_spectrogram(wave, spec)
        name = clips[place].name
        held.append(Held(name, _stem(name, {other.stem for other in held}), wave, mel))
    return held


def _stem(name: str, taken: set[str]) -> str:
    plain = name.replace("/", "_").rsplit(".", 1)[0]
    stem, number = plain, 2
    while stem in taken:
        stem, number = f"{plain}-{number}", number + 1
    return stem


def write_clips(folder: Path, held: list[Held], config: Config) -> None:
    """Writes ``STEM.wav`` and ``STEM.npy`` of each clip, and last of all the list of them.

    What is there already stays; other clips than before replace them. Where nobody validates, the
    list is empty, so that others need not wait for it.
    """
    entries, files = [], {}
    for clip in held:
        sound = io.BytesIO()
        rate = config.spec.sample_rate
        soundfile.write(sound, to_int16(clip.wave), rate, "PCM_16", format="WAV")
        mel = io.BytesIO()
        np.save(mel, np.ascontiguousarray(clip.mel.numpy(), dtype="<f4"))
        wav, npy = sound.getvalue(), mel.getvalue()
        files |= {f"{clip.stem}.wav": wav, f"{clip.stem}.npy": npy}
        entries.append(
            {
                "name": clip.name,
                "stem": clip.stem,
                "sha256": hashlib.sha256(wav + npy).hexdigest(),
            }
        )
    text = json.dumps({"schema": 1, "clips": entries}, indent=1, ensure_ascii=False) + "\n"
    listed = folder / CLIPS
    if _is_whole(folder, text, files):
        return
    folder.mkdir(parents=True, exist_ok=True)
    listed.unlink(missing_ok=True)
    for name, content in files.items():
        write_bytes(folder / name, content)
    for left in folder.iterdir():
        if left.name not in files:
            left.unlink()
    write_text(listed, text)


def _is_whole(folder: Path, text: str, files: dict[str, bytes]) -> bool:
    try:
        listed = (folder / CLIPS).read_text(encoding="utf-8")
        sizes = {name: (folder / name).stat().st_size for name in files}
    except (OSError, UnicodeDecodeError):
        return False
    return listed == text and sizes == {name: len(content) for name, content in files.items()}


def to_int16(wave: Tensor) -> np.ndarray:
    """Samples as a WAV file of 16 bits has them: rounded, and clipped where they are too loud."""
    return (wave * 32768).round().clamp(-32768, 32767).to(torch.int16).numpy()
