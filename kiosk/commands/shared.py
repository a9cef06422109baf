"""What the commands share: the Typer app, the clock that ``--at`` sets, and the opened kiosk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assets.languages import N_, Translate, day, hours, local, translator
from kiosk.clock import YEARS, Clock, parse_at
from kiosk.database import Database
from kiosk.home import Home, database_file, find_home, home_language, other_keys, replace_whole
from kiosk.own_facts import use_own_facts
from kiosk.trouble import Trouble
from models.answers import Sitting
from models.arrival import Desk
from models.founding import kiosk_here
from models.log import Author
from models.words import SYSTEM

if TYPE_CHECKING:
    from kiosk.settings import Settings

app = typer.Typer(
    name="kiosk",
    help="Borne d'accueil des SmartCorners. Sans commande : la borne en plein écran.",
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

AT_HELP = "Heure locale à laquelle l'horloge démarre, par exemple 2022-11-03T08:20."

AtOption = Annotated[str | None, typer.Option("--at", help=AT_HELP, metavar="MOMENT")]
JsonOption = Annotated[bool, typer.Option("--json", help="Répondre en JSON, pour un programme.")]
DateOption = Annotated[
    str | None,
    typer.Option("--date", help="Jour, par exemple 2022-11-03 (sinon aujourd'hui).", metavar="JOUR"),
]

OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", help="Fichier à écrire ; « - » : l'écran.")
]


@dataclass(slots=True)
class _Said:
    """What was said before the command's name."""

    at: str | None = None


_said = _Said()


@app.callback(invoke_without_command=True)
def front(context: typer.Context, at: AtOption = None) -> None:
    """Ouvrir la borne en plein écran, ou lancer une commande."""
    _said.at = at
    if context.invoked_subcommand is None:
        from kiosk.start import start_kiosk

        raise typer.Exit(start_kiosk(moment_said()))


def moment_said(at: str | None = None) -> datetime | None:
    """The moment that ``--at`` names, before or after the command's name."""
    text = at or _said.at
    return parse_at(text) if text else None


def clock(at: str | None = None) -> Clock:
    """The clock of this command: set where ``--at`` says so."""
    return Clock(moment_said(at))


def operator_language() -> str:
    """The language of whoever runs the command: the home's, unless ``KIOSK_LANGUAGE`` names another."""
    return home_language()


def operator() -> Translate:
    """The translating function for messages to whoever runs the command."""
    return translator(operator_language())


def when(sitting: Sitting) -> str:
    """Day and hours of a half-day for the operator: ``jeudi 3 novembre 2022, 8 h 30 à 12 h``."""
    language, start = operator_language(), sitting.starts_at
    return f"{day(start, language)} {local(start).year}, {hours(start, sitting.ends_at, language)}"


def print_json(value: Any) -> None:  # noqa: ANN401 (anything JSON can hold)
    """Print one JSON document."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def half_day_json(sitting: Sitting) -> dict[str, Any]:
    """A half-day under the names that scripts rely on, in local time."""
    start, end = local(sitting.starts_at), local(sitting.ends_at)
    return {
        "id": sitting.id,
        "programme": sitting.programme,
        "corner": sitting.corner_id,
        "date": start.date().isoformat(),
        "start": f"{start:%H:%M}",
        "end": f"{end:%H:%M}",
        "room": sitting.room,
    }


def moment_json(moment: datetime | None) -> str | None:
    """A moment in local time with its offset."""
    return local(moment).isoformat("T", "seconds") if moment else None


def parse_day(text: str | None, now: datetime) -> date:
    """The day that ``--date`` names, else today in Brussels.

    Raises:
        Trouble: it is no day.
    """
    if text is None:
        return local(now).date()
    try:
        named = date.fromisoformat(text.strip())
        if named.year not in YEARS:
            raise ValueError(text)
    except ValueError:
        raise Trouble(
            N_("« {text} » n'est pas un jour : écrivez par exemple 2022-11-03."), text=text[:40]
        ) from None
    return named


def write_out(output: Path | None, data: bytes) -> None:
    """Write a command's file, or its bytes to the screen where none is named.

    Raises:
        Trouble: the file cannot be written.
    """
    if output is None or str(output) == "-":
        stream = typer.get_binary_stream("stdout")
        stream.write(data)
        stream.flush()
        return
    try:
        replace_whole(output, data)
    except (OSError, ValueError):
        raise Trouble(
            N_("Le fichier {path} ne peut pas être écrit : choisissez un autre endroit."), path=output
        ) from None


@dataclass(frozen=True, slots=True)
class OpenKiosk:
    """A configured kiosk, its database open."""

    home: Home
    settings: Settings
    database: Database
    kiosk_id: str

    def desk(self, clock: Clock) -> Desk:
        """Where arrivals of this command are taken, at the time of a clock.

        Raises:
            Trouble: the clock was set too far ahead, or the key is missing.
        """
        clock.check_not_ahead()
        return Desk(
            self.kiosk_id,
            self.settings.corner,
            self.home.key(),
            self.settings.policy,
            actor=SYSTEM,
            clock_sure=clock.is_sure,
            other_keys=other_keys(self.home),
        )

    def author(self, now: datetime) -> Author:
        """Who writes: the system, on this kiosk."""
        return Author(self.kiosk_id, SYSTEM, now)


@contextmanager
def open_kiosk() -> Iterator[OpenKiosk]:
    """Open the configured kiosk for one command.

    Raises:
        Trouble: nothing is configured, a setting or one of the corner's own files is wrong, or the
            database does not open.
    """
    from kiosk.settings import load_settings

    home = find_home()
    if not home.configured:
        raise Trouble(
            N_("Aucune borne n'est installée dans {path} : lancez d'abord « kiosk init »."), path=home.path
        )
    use_own_facts(home)
    settings = load_settings(home)
    database = Database(database_file(home, settings.database))
    database.open().result()
    try:
        kiosk = database.write(kiosk_here, clock().now()).result()
        if kiosk is None:
            raise Trouble(N_("Cette base n'a pas encore de borne : lancez « kiosk init »."))
        yield OpenKiosk(home, settings, database, kiosk)
    finally:
        database.close()
