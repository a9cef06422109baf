"""Writing what leaves the kiosk by a command: whole or not at all, for this user only."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import typer

from assets.languages import N_
from kiosk.trouble import Trouble


def write_whole(output: Path | None, data: bytes) -> None:
    """Write a file, or to the screen where ``output`` is missing or ``-``.

    Raises:
        Trouble: it cannot be written there.
    """
    if output is None or str(output) == "-":
        stream = typer.get_binary_stream("stdout")
        stream.write(data)
        stream.flush()
        return
    draft = None
    try:
        if output.exists() and not output.is_file():
            raise OSError("not a file")
        # A name nobody can have prepared, and a mode nobody can have widened.
        handle, name = tempfile.mkstemp(prefix=".kiosk-", dir=output.resolve().parent)
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(output.resolve())
    except (OSError, ValueError):
        if draft is not None:
            draft.unlink(missing_ok=True)
        raise Trouble(
            N_("Le fichier {path} ne peut pas être écrit : choisissez un autre endroit."), path=output
        ) from None
