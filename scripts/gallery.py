#!/usr/bin/env python3
r"""A page to hear and see every system on recordings and on sounds that vocoders find hard.

The page holds its sounds (FLAC) and spectrograms: it is one file. It is not for publishing where
the recordings' licence does not allow that; --picture has the made-up sounds only. Figures of
these are printed: how far the level of a frame of 23 ms is off at worst, and how many dB the long
note's harmonics are above what is between them.

  python-train/.venv/bin/python -m pip install matplotlib==3.10.7
  python-train/.venv/bin/python scripts/gallery.py --data ../shared/data \
      --models onnx/*.onnx NAME=FILE.onnx --page gallery.html --picture docs/gallery.png
"""

import argparse
import base64
import html
import io
import tempfile
from pathlib import Path

import numpy as np
import soundfile
from PIL import Image, ImageDraw

from measuring.command import vocalise
from measuring.recordings import files
from measuring.sounds import NOTE, SOUNDS
from measuring.spectrograms import clearance, level_errors, picture, power, webp
from measuring.systems import RATE, System, listed, make, read, write
from measuring.tables import table

RECORDINGS = 5
STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.4 system-ui, sans-serif; margin: 0 auto; max-width: 110rem; padding: 1rem; }
.row { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); }
figure { margin: 0; min-width: 0; }
img { display: block; width: 100%; height: 9rem; object-fit: fill; background: #000; }
audio { display: block; width: 100%; height: 2.2rem; margin-top: .2rem; }
figcaption { font-size: .9rem; margin-bottom: .2rem; }
small { opacity: .75; }
"""


def recordings(data: Path) -> dict[str, np.ndarray]:
    """Recordings spread evenly over those of the report half."""
    clips = files(data, "report")
    chosen = clips[:: len(clips) // RECORDINGS][:RECORDINGS]
    return {f"clip-{path.stem}": soundfile.read(path, dtype="float32")[0] for path in chosen}


def data_uri(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def flac(samples: np.ndarray) -> bytes:
    out = io.BytesIO()
    soundfile.write(out, samples, RATE, subtype="PCM_16", format="FLAC")
    return out.getvalue()


def label(system: System) -> str:
    return "original" if system.name == "recordings" else html.escape(system.name.strip("`"))


def card(system: System, sound: str, reference: np.ndarray) -> str:
    samples = read(system.folder, sound)
    image = webp(picture(samples, power(reference).max(), (560, 220)))
    name = label(system)
    note = "as it was"
    if system.name != "recordings":
        median, worst = level_errors(reference, samples)
        note = f"level off by {median:.1f} dB, at worst {worst:.1f}"
    return (
        f"<figure><figcaption>{name}<br><small>{note}</small></figcaption>"
        f'<img alt="Spectrogram of {sound} by {name}" src="{data_uri("image/webp", image)}">'
        f'<audio controls preload="none" src="{data_uri("audio/flac", flac(samples))}"></audio>'
        "</figure>"
    )


def page(systems: list[System], clips: dict[str, np.ndarray]) -> str:
    parts = []
    for sound, reference in clips.items():
        kind = "made up" if sound in SOUNDS else "recording"
        cards = "\n".join(card(s, sound, reference) for s in systems)
        parts.append(
            f"<h2>{sound.replace('-', ' ')} <small>{kind}, {len(reference) / RATE:.0f} s"
            f'</small></h2>\n<div class="row">\n{cards}\n</div>'
        )
    return (
        '<!doctype html>\n<html lang="en"><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Voices of Vocalise</title>\n<style>{STYLE}</style>\n<h1>Voices</h1>\n"
        "<p>From the mel spectrogram back to sound, by each system. 80 dB from light to black, "
        "0 to 11 kHz; levels are those of frames of 23 ms.</p>\n" + "\n".join(parts) + "\n</html>\n"
    )


def figures(systems: list[System], clips: dict[str, np.ndarray]) -> str:
    """A table of the made-up sounds: worst level of a frame, and how clear the long note is."""
    rows = []
    for system in systems:
        made = {sound: read(system.folder, sound) for sound in SOUNDS}
        worst = [f"{level_errors(clips[sound], made[sound])[1]:.1f}" for sound in SOUNDS]
        note = [
            f"{clearance(made['steady-note'], NOTE, low, high):.0f}"
            for low, high in ((1000, 3000), (3000, 5000))
        ]
        rows.append([label(system), *worst, *note])
    return table(["worst level, dB", *SOUNDS, "note, 1 to 3 kHz", "3 to 5 kHz"], rows)


def overview(systems: list[System], clips: dict[str, np.ndarray], target: Path) -> None:
    """A picture of the made-up sounds by some systems, small enough for a README."""
    wide, high, left, top = 270, 120, 90, 22
    sheet = Image.new("RGB", (left + wide * len(systems), top + high * len(SOUNDS)), "white")
    pen = ImageDraw.Draw(sheet)
    for column, system in enumerate(systems):
        pen.text((left + wide * column + 4, 5), label(system), fill="black")
        for row, sound in enumerate(SOUNDS):
            samples = read(system.folder, sound)
            image = picture(samples, power(clips[sound]).max(), (wide - 4, high - 4))
            sheet.paste(image, (left + wide * column, top + high * row))
            pen.text((4, top + high * row + high // 2), sound.replace("-", " "), fill="black")
    sheet.quantize(96).save(target, optimize=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder with validation/; else no recordings")
    parser.add_argument("--models", nargs="*", default=[], help="ONNX vocoders: FILE or NAME=FILE")
    parser.add_argument("--page", type=Path, required=True, help="HTML file to write")
    parser.add_argument("--picture", type=Path, help="PNG file to write")
    parser.add_argument(
        "--work", type=Path, help="folder to keep wav files in: what is there is not made again"
    )
    options = parser.parse_args()

    clips = {name: make_sound() for name, make_sound in SOUNDS.items()}
    if options.data:
        clips |= recordings(options.data)
    with tempfile.TemporaryDirectory() as scratch:
        work = options.work or Path(scratch)
        write(work / "originals", clips)
        vocalise("mel", work / "originals", "-o", work / "mels", "--overwrite")
        systems = listed(work / "systems", options.models)
        make(systems, clips, work / "mels", timed=False)
        options.page.write_text(page(systems, clips), encoding="utf-8")
        print(figures(systems, clips))
        if options.picture:
            ours = [s for s in systems if s.model or s.name in ("recordings", "Griffin-Lim, ours")]
            overview(ours, clips, options.picture)


if __name__ == "__main__":
    main()
