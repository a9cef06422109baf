"""Eyes for what was filmed: a video is decoded to its last frame, by a process of its own."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from kiosk.camera import Devices, commands, find_camera, find_microphone
from kiosk.recording import Film

PICTURE = "lavfi:testsrc=size=160x120:rate=15"
SOUND = "lavfi:sine=frequency=440"
BROKEN = "lavfi:nothing_of_that_name"


@dataclass(frozen=True, slots=True)
class Films:
    """Films of ffmpeg's test picture."""

    ffmpeg: str

    def film(self, path: Path, camera: str = PICTURE, microphone: str = "none", seconds: int = 30) -> Film:
        devices = Devices(camera, microphone)
        found = find_camera(devices)
        assert found is not None
        return Film(commands(self.ffmpeg, found, find_microphone(devices), seconds), path)

    def frames(self, video: Path, stream: str = "v") -> int:
        """How many frames can be seen, or pieces of sound heard; a video that is broken anywhere fails."""
        strictly = [self.ffmpeg, "-v", "error", "-xerror", "-i", str(video)]
        ran = subprocess.run(
            [*strictly, "-map", f"0:{stream}", "-f", "framemd5", "-"],
            capture_output=True, text=True, timeout=60, check=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert ran.stderr == ""
        return sum(not line.startswith("#") for line in ran.stdout.splitlines())
