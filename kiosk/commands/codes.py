"""Codes out: ``invite`` and ``cards``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assets.facts import corners
from assets.languages import BRUSSELS, N_, Counted, Translate, local
from kiosk.commands.files import write_whole
from kiosk.commands.shared import AtOption, app, clock, open_kiosk, operator, parse_day
from kiosk.trouble import Trouble
from models import issuing
from models.codes import Form
from models.issued import IssuedCode


class FileFormat(StrEnum):
    """In which form codes leave."""

    PDF = "pdf"
    CSV = "csv"
    JSON = "json"


class CardSize(StrEnum):
    """Cards ten on a sheet, or one a page for a card printer."""

    A4 = "a4"
    CARD = "card"


ReferenceOption = Annotated[
    list[str] | None, typer.Option("--reference", help="Référence d'une personne ; peut être répétée.")
]
CodeDateOption = Annotated[
    str | None, typer.Option("--date", help="Seulement les personnes de ce jour.", metavar="JOUR")
]
FormatOption = Annotated[FileFormat, typer.Option("--format", help="Forme du fichier.")]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", help="Fichier à écrire ; « - » : l'écran.")
]


@app.command()
def invite(
    date: CodeDateOption = None,
    reference: ReferenceOption = None,
    form: FormatOption = FileFormat.PDF,
    output: OutputOption = None,
    at: AtOption = None,
) -> None:
    """Donner des codes courts, avec une invitation par personne. Le code d'avant ne marche plus."""

    def render(codes: Sequence[IssuedCode], corner_name: str, made_at: datetime) -> bytes:
        from kiosk.paper.invitations import invitations_pdf

        return invitations_pdf(codes, corner_name=corner_name, made_at=made_at)

    _issue(Form.SHORT, "invitations", render, date, reference, form, output, at)


@app.command()
def cards(
    date: CodeDateOption = None,
    reference: ReferenceOption = None,
    form: FormatOption = FileFormat.PDF,
    size: Annotated[CardSize, typer.Option("--size", help="Feuille A4 ou carte seule.")] = CardSize.A4,
    output: OutputOption = None,
    at: AtOption = None,
) -> None:
    """Faire des cartes à imprimer. La carte d'avant ne marche plus."""

    def render(codes: Sequence[IssuedCode], corner_name: str, made_at: datetime) -> bytes:
        from kiosk.paper.cards import cards_pdf

        return cards_pdf(codes, corner_name=corner_name, made_at=made_at, size=size.value)

    _issue(Form.CARD, "cartes", render, date, reference, form, output, at)


def _issue(
    form: Form,
    name: str,
    render_pdf: Callable[[Sequence[IssuedCode], str, datetime], bytes],
    date: str | None,
    references: list[str] | None,
    file_format: FileFormat,
    output: Path | None,
    at: str | None,
) -> None:
    """Issue, write the file, and only then revoke what was valid before."""
    from kiosk.paper.codes import codes_csv, codes_json

    translate = operator()
    if date is not None and references:
        raise Trouble(
            N_("« --date » et « --reference » ne vont pas ensemble : donnez l'un ou l'autre."),
        )
    now = clock(at).now()
    start = end = None
    if date is not None:
        on = parse_day(date, now)
        start = datetime.combine(on, time(), BRUSSELS)
        end = datetime.combine(on + timedelta(days=1), time(), BRUSSELS)
    elif not references:
        start = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if output is None and file_format is FileFormat.PDF:
        output = Path(f"{name}-{(local(start or now)).date().isoformat()}.pdf")
    with open_kiosk() as kiosk:
        key = kiosk.home.key()
        people = kiosk.database.write(
            issuing.people_to_invite, kiosk.settings.corner, start=start, end=end, references=references or []
        ).result()
        unknown = set(references or ()) - kiosk.database.write(issuing.known, references or []).result()
        if not people:
            raise Trouble(N_("Personne n'est concerné : vérifiez le jour ou la référence."))
        author = kiosk.author(now)
        codes = kiosk.database.write(issuing.issue, author, key, form, people).result()
        try:
            if file_format is FileFormat.PDF:
                data = render_pdf(codes, corners()[kiosk.settings.corner].name, now)
            else:
                data = codes_csv(codes) if file_format is FileFormat.CSV else codes_json(codes).encode()
            write_whole(output, data)
        except BaseException:
            # Nobody will ever hold the new codes: the ones before stay good.
            kiosk.database.write(issuing.revoke, author, [code.id for code in codes]).result()
            raise
        earlier = [code_id for code in codes for code_id in code.earlier]
        kiosk.database.write(issuing.revoke, author, earlier).result()
    _tell(form, codes, output, translate)
    if unknown:
        raise Trouble(
            Counted(
                "{n} référence inconnue : vérifiez la liste.", "{n} références inconnues : vérifiez la liste."
            ),
            n=len(unknown),
        )


def _tell(form: Form, codes: Sequence[IssuedCode], output: Path | None, translate: Translate) -> None:
    if output and str(output) != "-":
        saved = translate("Codes enregistrés : {n}. Fichier : {path}.", n=len(codes), path=output)
    else:
        saved = translate("Codes enregistrés : {n}.", n=len(codes))
    typer.echo(saved, err=True)
    replaced = sum(bool(code.earlier) for code in codes)
    if replaced and form is Form.CARD:
        typer.echo(translate("Anciennes cartes désactivées : {n}.", n=replaced), err=True)
    elif replaced:
        typer.echo(translate("Anciens codes désactivés : {n}.", n=replaced), err=True)
