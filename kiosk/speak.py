"""``python -m kiosk.speak VOICE``: text comes in, speech goes out as WAV. A program of its own.

The engine is eSpeak NG (GPL-3) as the wheel ``espeakng-loader`` brings it. It is written in C: here it can
take nothing with it but this process.
"""

from __future__ import annotations

import ctypes
import os
import sys
import wave
from io import BytesIO
from pathlib import Path

PACES = {"fr-be": 100, "nl": 122, "de": 128, "en": 95}
"""What the engine has to be told for some 138 words a minute, measured over the questions of the bank: slower
than talking, for whoever reads with difficulty. Its own "words a minute" are nominal."""

USUAL_PACE = 120

_SYNCHRONOUS = 2
_RATE = 1
_CHARACTERS = 1
_UTF8 = 1

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def speech(text: str, voice: str) -> bytes:
    """A text as WAV: one channel, 16 bits.

    Raises:
        OSError: there is no engine, or it does not know the voice.
    """
    import espeakng_loader  # the wheel names its files, nothing more

    engine = ctypes.CDLL(espeakng_loader.get_library_path())
    # The engine keeps the folder's path in 160 bytes, and falls over a longer one.
    os.chdir(Path(espeakng_loader.get_data_path()).parent)
    rate = engine.espeak_Initialize(_SYNCHRONOUS, 0, b".", 0)
    if rate <= 0 or engine.espeak_SetVoiceByName(voice.encode()) != 0:
        raise OSError("no voice")
    engine.espeak_SetParameter(_RATE, PACES.get(voice, USUAL_PACE), 0)
    samples = bytearray()

    def heard(piece: ctypes._Pointer[ctypes.c_short], count: int, _: object) -> int:
        if piece and count > 0:
            samples.extend(ctypes.string_at(piece, 2 * count))
        return 0

    callback = _Callback(heard)
    engine.espeak_SetSynthCallback(callback)
    data = text.encode() + b"\0"
    if engine.espeak_Synth(data, len(data), 0, _CHARACTERS, 0, _UTF8, None, None) != 0:
        raise OSError("nothing said")
    engine.espeak_Synchronize()
    file = BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(bytes(samples))
    return file.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(speech(sys.stdin.buffer.read().decode(), sys.argv[1]))
