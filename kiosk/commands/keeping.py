"""Keeping the log whole: ``verify`` and ``rebuild``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from assets.languages import N_, Counted, Translate
from kiosk.commands.shared import AtOption, JsonOption, app, clock, open_kiosk, operator, print_json
from kiosk.trouble import Trouble
from models.log import Author, record
from models.projections import rebuild as rebuild_projections
from models.verify import Flaw, check_log
from models.verify import verify as verify_log

if TYPE_CHECKING:
    from models.connection import Connection

FLAWS = {
    "gap": N_("Journal, ligne {row} : une ligne manque avant celle-ci."),
    "body": N_("Journal, ligne {row} : son contenu a été changé à la main."),
    "chain": N_("Journal, ligne {row} : elle ne suit pas la ligne d'avant."),
    "clock": N_("Journal, ligne {row} : son heure recule."),
    "fork": N_("Journal, ligne {row} : son numéro existe déjà ; une copie de la base a servi à côté."),
    "erased": N_("Journal, ligne {row} : son contenu a été effacé à la main."),
    "identity": N_("Identité {row} : cette borne n'a rien écrit dans ce journal."),
    "file": N_("Le fichier de la base est abîmé : remettez la dernière sauvegarde."),
    "schema": N_("Structure, {table} : cet élément n'est pas celui que le programme a fait."),
    "extra": N_("Table {table}, {row} : cette ligne ne vient pas du journal."),
    "figures": N_("Clôture {row} : les chiffres ne sont pas ceux qui ont été signés."),
    "missing": N_("Table {table}, {row} : cette ligne du journal manque ou a été changée."),
}


@app.command()
def verify(as_json: JsonOption = False) -> None:
    """Relire tout le journal et comparer chaque table ; nommer la première ligne fausse."""
    translate = operator()
    with open_kiosk() as kiosk:
        copy = kiosk.database.copy_in_memory()
        verdict = verify_log(copy)
        copy.close()
    if as_json:
        print_json(
            {
                "checked": verdict.checked,
                "head": verdict.head,
                "ok": not verdict.flaws,
                "flaws": [{"kind": f.kind, "table": f.table, "row": f.row} for f in verdict.flaws],
            }
        )
    else:
        for flaw in verdict.flaws:
            typer.echo(_told(flaw, translate), err=True)
        if not verdict.flaws:
            typer.echo(
                translate(
                    Counted(
                        "{n} ligne du journal, tout est juste. Empreinte : {head}",
                        "{n} lignes du journal, tout est juste. Empreinte : {head}",
                    ),
                    n=verdict.checked,
                    head=verdict.head[:16],
                )
            )
    if verdict.flaws:
        raise typer.Exit(1)


def _told(flaw: Flaw, translate: Translate) -> str:
    return translate(FLAWS[flaw.kind], table=flaw.table, row=flaw.row)


@app.command()
def rebuild(at: AtOption = None) -> None:
    """Refaire toutes les tables à partir du journal."""
    translate = operator()
    now = clock(at).now()
    with open_kiosk() as kiosk:
        count = kiosk.database.write(_rebuild, kiosk.author(now), translate).result()
    done = Counted(
        "Tables refaites à partir de {n} ligne du journal.",
        "Tables refaites à partir de {n} lignes du journal.",
    )
    typer.echo(translate(done, n=count))


def _rebuild(conn: Connection, author: Author, translate: Translate) -> int:
    """Replay a log that is whole; tables made from a changed one would agree with it."""
    _, _, flaws = check_log(conn)
    if flaws:
        raise Trouble(
            N_("{flaw} Rien n'a été refait : remettez la dernière sauvegarde."),
            flaw=_told(flaws[0], translate),
        )
    count = rebuild_projections(conn)
    record(conn, author, "database.rebuilt", "kiosk", author.kiosk_id, {"rows": count})
    return count
