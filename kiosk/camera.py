"""What a video is filmed with: ffmpeg, a camera, a microphone, each where it is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which

NOWHERE = "none"
"""The setting of whoever has a camera or a microphone that the kiosk must leave alone."""

PICTURES = ("v4l2", "avfoundation", "dshow", "lavfi")
SOUNDS = ("alsa", "pulse", "avfoundation", "dshow", "lavfi")
"""Inputs of ffmpeg: Linux, macOS, Windows, and pictures and sounds that ffmpeg makes up itself."""

MADE_UP = "lavfi"

CAMERA = Path("/dev/video0")
MICROPHONES = Path("/dev/snd")

_SETTING = r"^(none|(?:{}):[^\x00-\x1f\x7f]+)?$"
CAMERA_SETTING = _SETTING.format("|".join(PICTURES))
MICROPHONE_SETTING = _SETTING.format("|".join(SOUNDS))


@dataclass(frozen=True, slots=True)
class Devices:
    """What the settings say of the booth."""

    camera: str = ""
    """``format:device`` of ffmpeg, ``none``, or empty to look for one."""
    microphone: str = ""
    sticks: Sequence[str] = ()
    """More folders in which USB sticks appear."""


@dataclass(frozen=True, slots=True)
class Input:
    """Something that ffmpeg reads from."""

    format: str
    device: str

    @property
    def arguments(self) -> list[str]:
        """It as arguments of ffmpeg."""
        # What is made up comes as fast as it is read, unless it is told to take its time.
        told = ["-re"] if self.format == MADE_UP else []
        # A camera's own choice may be a picture of 4 MB, ten times a second.
        told += ["-framerate", "30", "-video_size", "640x480"] if self.format == "v4l2" else []
        return [*told, "-thread_queue_size", "512", "-f", self.format, "-i", self.device]


def find_ffmpeg() -> str | None:
    """The program, where this machine has it."""
    return which("ffmpeg")


def find_camera(devices: Devices) -> Input | None:
    """The camera that was named, else the first one of the machine."""
    if devices.camera:
        return _named(devices.camera, CAMERA_SETTING)
    return Input("v4l2", str(CAMERA)) if CAMERA.exists() else None


def find_microphone(devices: Devices) -> Input | None:
    """The microphone that was named, else the system's own where something can listen."""
    if devices.microphone:
        return _named(devices.microphone, MICROPHONE_SETTING)
    # "pcmC0D0c": card 0, device 0, capture.
    return Input("alsa", "default") if any(MICROPHONES.glob("pcmC*D*c")) else None


def _named(setting: str, allowed: str) -> Input | None:
    name, _, device = setting.partition(":")
    if setting == NOWHERE or not re.fullmatch(allowed, setting):
        return None
    return Input(name, device)


def commands(ffmpeg: str, camera: Input, microphone: Input | None, seconds: int) -> list[list[str]]:
    """How a video is filmed: with sound first, without it where that does not begin."""
    ways = [[camera, microphone], [camera]] if microphone else [[camera]]
    return [_command(ffmpeg, inputs, seconds) for inputs in ways]


def _command(ffmpeg: str, inputs: Sequence[Input | None], seconds: int) -> list[str]:
    """A video that every telephone plays, in pieces of a second: a broken end loses no more than that."""
    given = [argument for one in inputs if one for argument in one.arguments]
    picture = ["-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-crf", "26"]
    picture += ["-pix_fmt", "yuv420p", "-force_key_frames", "expr:gte(t,n_forced)"]
    sound = ["-c:a", "aac", "-b:a", "96k"] if len(inputs) > 1 else []
    form = ["-movflags", "frag_keyframe+empty_moov+default_base_moof", "-f", "mp4", "pipe:1"]
    return [ffmpeg, "-hide_banner", "-loglevel", "error", *given, "-t", str(seconds), *picture, *sound, *form]
