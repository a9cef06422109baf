"""Make ``assets/sounds/``: one short, soft sound for each tone of an answer.

Run it only to change how they sound: ``.venv/bin/python docs/make_sounds.py``. Pure sines of the
standard library and no chance, so that the files are the same wherever they are made (a test compares).
"""

import io
import math
import wave
from pathlib import Path

RATE = 22050
PEAK = 0.3
"""Share of full scale: ten decibels below the loudest; the device's own volume does the rest."""

HARMONICS = (1.0, 0.28, 0.08)
"""Mostly the note itself, a little of its octave and its twelfth: warm, nothing shrill."""

FADE_IN, FADE_OUT = 0.015, 0.09
"""Seconds: without them a loudspeaker clicks."""

A4, C5, D5, E5 = 440.0, 523.25, 587.33, 659.26

SOUNDS = {
    "good": ((0.0, 0.2, C5), (0.14, 0.22, E5)),  # rising: it is done
    "wait": ((0.0, 0.3, D5),),  # one note: a moment
    "note": ((0.0, 0.2, C5), (0.15, 0.25, A4)),  # falling, as a door bell does: there is more to say
}
"""For each tone its notes: from which second, for how long, how high."""


def note(seconds: float, height: float) -> list[float]:
    """One note: it swells in an instant and dies away."""
    samples = []
    for n in range(round(seconds * RATE)):
        at = n / RATE
        strength = math.exp(-4 * at / seconds)
        strength *= swell(at / FADE_IN) * swell((seconds - at) / FADE_OUT)
        turn = 2 * math.pi * height * at
        samples.append(strength * sum(a * math.sin(k * turn) for k, a in enumerate(HARMONICS, 1)))
    return samples


def swell(part: float) -> float:
    """From nothing at 0 to everything at 1, without an edge."""
    return 0.5 - 0.5 * math.cos(math.pi * min(max(part, 0.0), 1.0))


def sound(notes: tuple[tuple[float, float, float], ...]) -> bytes:
    """The notes laid over each other, as a WAV file."""
    mixed = [0.0] * round(max(start + seconds for start, seconds, _ in notes) * RATE)
    for start, seconds, height in notes:
        for n, sample in enumerate(note(seconds, height), round(start * RATE)):
            mixed[n] += sample
    loudest = max(map(abs, mixed))
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        levels = (round(sample / loudest * PEAK * 32767) for sample in mixed)
        file.writeframes(b"".join(level.to_bytes(2, "little", signed=True) for level in levels))
    return made.getvalue()


def made() -> dict[str, bytes]:
    """Every file by its name."""
    return {f"{tone}.wav": sound(notes) for tone, notes in SOUNDS.items()}


def main() -> None:
    """Write the assets."""
    folder = Path(__file__).parent.parent / "assets" / "sounds"
    folder.mkdir(exist_ok=True)
    for name, data in made().items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
