"""Files in: ``import``, of bookings and workshops, and of corners."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assets.languages import Counted, Translate
from kiosk.commands.bookings import Kept, import_bookings, told_where_it_stopped
from kiosk.commands.corners import CornersIn
from kiosk.commands.shared import (
    AtOption,
    JsonOption,
    OpenKiosk,
    app,
    clock,
    half_day_json,
    open_kiosk,
    operator,
    operator_language,
    print_json,
    when,
)
from kiosk.home import find_home
from kiosk.importing import columns, corner_columns
from models.half_days import Overbooked, overbooked
from models.lines import Refusal
from screens.wording import where

if TYPE_CHECKING:
    from kiosk.importing import Opened
    from kiosk.importing.tables import Table
    from models.connection import Connection

DONE = {
    "added": Counted("{n} ligne ajoutée", "{n} lignes ajoutées"),
    "changed": Counted("{n} changée", "{n} changées"),
    "unchanged": Counted("{n} inchangée", "{n} inchangées"),
    "refused": Counted("{n} refusée", "{n} refusées"),
}
"""What became of the lines, told one after the other."""

Changes = Iterable[tuple[int, Sequence[str]]]
"""Lines that changed something, each with the columns by which it did."""


@app.command("import")
def import_files(
    files: Annotated[
        list[Path], typer.Argument(help="Fichiers CSV, TSV, XLSX ou iCalendar.", metavar="FICHIER…")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Ne rien écrire, dire ce qui serait fait.")
    ] = False,
    again: Annotated[
        list[str] | None,
        typer.Option(
            "--again",
            help="Référence d'une personne effacée que le fichier peut faire connaître de nouveau.",
            metavar="RÉFÉRENCE",
        ),
    ] = None,
    as_json: JsonOption = False,
    at: AtOption = None,
) -> None:
    """Lire des réservations, des ateliers ou des lieux ; les bonnes lignes sont gardées."""
    translate = operator()
    kept = Kept()
    with told_where_it_stopped(kept, translate), ExitStack() as stack:
        work = _Import(
            translate,
            clock(at).now(),
            kept,
            stack,
            again=tuple(again or ()),
            dry_run=dry_run,
            quiet=as_json,
        )
        for path in files:
            work.take(path)
        crowded = work.crowded()
    if as_json:
        more = [
            {"half_day": half_day_json(one.half_day), "booked": one.booked, "capacity": one.capacity}
            for one in crowded
        ]
        print_json({**work.total, "refused": work.refused, "overbooked": more})
    else:
        for one in work.refused:
            typer.echo(_refusal_line(one, translate), err=True)
        for full in crowded:
            typer.echo(_crowded_line(full, translate))
        numbers = work.total | {"refused": len(work.refused)}
        done = ", ".join(translate(sentence, n=numbers[name]) for name, sentence in DONE.items())
        typer.echo((translate("Essai, rien n'est écrit : ") if dry_run else "") + f"{done}.")
    if work.refused:
        raise typer.Exit(1)


@dataclass(slots=True)
class _Import:
    """One run of the command: file after file, each by what is in it."""

    translate: Translate
    now: datetime
    kept: Kept
    stack: ExitStack
    """What is open until the last file."""
    again: Collection[str]
    """Whom a file may make known again."""
    dry_run: bool
    quiet: bool
    total: dict[str, int] = field(default_factory=lambda: {"added": 0, "changed": 0, "unchanged": 0})
    refused: list[dict[str, Any]] = field(default_factory=list)
    _corners: CornersIn | None = None
    _kiosk: OpenKiosk | None = None
    _copy: Connection | None = None
    """Where bookings go that must not be written."""

    def take(self, path: Path) -> None:
        """Bring one file in; one that cannot be read is refused whole.

        Raises:
            Trouble: bookings need a kiosk, and none is installed; or something else is wrong with it.
        """
        from kiosk.importing import NotReadable, open_file

        try:
            opened = open_file(path, self.translate)
        except NotReadable as error:
            self._open_kiosk()  # where none is installed, that comes first
            self._refuse(path, error)
            return
        try:
            if opened.corners is None:
                self._take_bookings(path, opened)
            else:
                self._take_corners(path, opened.corners)
        except NotReadable as error:
            self._refuse(path, error)

    def _refuse(self, path: Path, error: Exception) -> None:
        self.refused.append({"file": path.name, "line": 0, "column": "", "message": str(error)})

    def crowded(self) -> list[Overbooked]:
        """The half-days with more people than places, where bookings have come in."""
        if self._kiosk is None:
            return []
        corner = self._kiosk.settings.corner
        if self._copy is not None:
            return overbooked(self._copy, corner, self.now)
        return self._kiosk.database.write(overbooked, corner, self.now).result()

    def _open_kiosk(self) -> OpenKiosk:
        """Bookings need a kiosk; a list of corners comes before there is one."""
        if self._kiosk is None:
            self._kiosk = self.stack.enter_context(open_kiosk())
            if self._corners is not None:
                self._corners.use()
            if self.dry_run:
                self._copy = self._kiosk.database.copy_in_memory()
                self.stack.callback(self._copy.close)
        return self._kiosk

    def _take_corners(self, path: Path, table: Table) -> None:
        if self._corners is None:
            self._corners = CornersIn(find_home(), dry_run=self.dry_run)
        read = self._corners.take(table, self.translate)
        changed = [(line.line, line.changed) for line in read.lines if line.changed]
        added = sum(line.new for line in read.lines)
        if not self.dry_run:
            self.kept.lines += len(read.lines)
        self._count(path, added, len(changed), len(read.lines) - added - len(changed), read.refused)
        self._tell(path, changed, read.left_out, corner_columns.title)

    def _take_bookings(self, path: Path, opened: Opened) -> None:
        kiosk = self._open_kiosk()
        applied, wrong, left_out = import_bookings(
            kiosk,
            opened,
            self.now,
            self.translate,
            self._copy,
            self.kept,
            again=self.again,
            quiet=self.quiet,
        )
        self._count(path, applied.added, applied.changed_lines, applied.unchanged, wrong)
        self._tell(path, [(one.line, one.columns) for one in applied.changed], left_out, columns.title)

    def _count(
        self, path: Path, added: int, changed: int, unchanged: int, refused: Iterable[Refusal]
    ) -> None:
        self.total["added"] += added
        self.total["changed"] += changed
        self.total["unchanged"] += unchanged
        self.refused += [{"file": path.name, **refusal.model_dump()} for refusal in refused]

    def _tell(
        self, path: Path, changed: Changes, left_out: Sequence[str], title: Callable[[str], str]
    ) -> None:
        """Which columns were left out, and what each line has changed."""
        if self.quiet:
            return
        if left_out:
            named = self.translate(
                "{file} : colonnes inconnues, laissées : {names}.", file=path.name, names=", ".join(left_out)
            )
            typer.echo(named)
        for line, names in changed:
            told = self.translate(
                "{file}, ligne {line}, changements : {columns}.",
                file=path.name,
                line=line,
                columns=", ".join(map(title, names)),
            )
            typer.echo(told)


def _refusal_line(one: dict[str, Any], translate: Translate) -> str:
    where = one["file"]
    if one["line"]:
        where += translate(", ligne {line}", line=one["line"])
    if one["column"]:
        where += translate(", colonne {column}", column=one["column"])
    return translate("{where} : {what}", where=where, what=one["message"])


def _crowded_line(one: Overbooked, translate: Translate) -> str:
    return translate(
        Counted(
            "{when}, {what} : {booked} personnes pour {n} place ; personne n'est retiré.",
            "{when}, {what} : {booked} personnes pour {n} places ; personne n'est retiré.",
        ),
        when=when(one.half_day),
        what=where(one.half_day, operator_language()),
        booked=one.booked,
        n=one.capacity,
    )
