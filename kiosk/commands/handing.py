"""Handing over a file that a command has made: written, noted in the log, and told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kiosk.commands.shared import OpenKiosk, operator, write_out

if TYPE_CHECKING:
    from datetime import datetime

    from models.connection import Connection
    from models.log import Author


def hand_over(
    kiosk: OpenKiosk,
    output: Path,
    data: bytes,
    note: Callable[[Connection, Author, str], None],
    now: datetime,
) -> None:
    """Write the file and note that it was made; one that could not be noted does not stay (P-24), and what
    stood under its name stands there again.
    """
    on_screen = str(output) == "-"
    before = output.read_bytes() if not on_screen and output.is_file() else None
    if not on_screen:
        write_out(output, data)
    try:
        kiosk.database.write(note, kiosk.author(now), hashlib.sha256(data).hexdigest()).result()
    except BaseException:
        if not on_screen:
            output.unlink(missing_ok=True)
            if before is not None:
                write_out(output, before)
        raise
    if on_screen:
        # What has gone to the screen cannot be taken back: it is noted first.
        write_out(output, data)
    else:
        translate = operator()
        typer.echo(translate("Fichier : {path}.", path=output), err=True)
