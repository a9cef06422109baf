"""Setting a kiosk up: ``demo``, ``init``, ``doctor``."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from assets.facts import corners
from assets.languages import N_
from kiosk.commands.shared import (
    AtOption,
    JsonOption,
    app,
    clock,
    moment_said,
    operator,
    operator_language,
    print_json,
)
from kiosk.commands.staff import PROBLEMS
from kiosk.home import find_home
from kiosk.installing import install
from kiosk.own_facts import use_own_corners
from kiosk.trouble import Trouble
from models.accounts import LONGEST_NAME, AccountError, proper_name
from models.pins import new_pin

CornerOption = Annotated[
    str | None, typer.Option("--corner", help="Identifiant du SmartCorner, par exemple charleroi.")
]


@app.command()
def demo(at: AtOption = None) -> None:
    """Essayer la borne sur une journée inventée, effacée à la fin."""
    from kiosk.start import start_demo

    raise typer.Exit(start_demo(moment_said(at)))


@app.command()
def init(
    corner: CornerOption = None,
    name: Annotated[str, typer.Option("--name", help="Nom du premier compte.")] = "Équipe",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ne rien demander.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Installer la borne : base, lieu et premier compte, dont le code est montré une seule fois."""
    translate = operator()
    home = find_home()
    if home.configured:
        raise Trouble(N_("Une borne est déjà installée dans {path} : rien n'a été changé."), path=home.path)
    use_own_corners(home)
    if corner is None:
        if yes or not os.isatty(0):
            raise Trouble(N_("Il manque le lieu : ajoutez par exemple « --corner charleroi »."))
        for known in corners().values():
            typer.echo(f"  {known.id:<18} {known.name}", err=True)
        corner = typer.prompt(translate("Quel lieu ?"), err=True)
        name = typer.prompt(translate("Nom du premier compte ?"), default=name, err=True)
    if corner not in corners():
        raise Trouble(
            N_("« {corner} » n'est pas un lieu connu : choisissez parmi {known}."),
            corner=str(corner)[:40],
            known=", ".join(corners()),
        )
    try:
        name = proper_name(name)
    except AccountError as error:
        raise Trouble(PROBLEMS[error.problem], name=name[:LONGEST_NAME]) from None
    pin = new_pin()
    install(home, corner, name, pin, operator_language(), clock().now())
    if as_json:
        print_json({"corner": corner, "staff": name, "pin": pin})
        return
    typer.echo(
        translate(
            "La borne de {corner} est installée dans {path}.",
            corner=corners()[corner].locality,
            path=home.path,
        )
    )
    typer.echo(
        translate("Compte : {name}. Code : {pin}. Notez-le : il ne sera plus montré.", name=name, pin=pin)
    )


@app.command()
def doctor(as_json: JsonOption = False) -> None:
    """Vérifier que tout est prêt : réglages, base, clé, disque, horloge, terminal, son."""
    from kiosk.doctor import CHECKS, examine

    translate = operator()
    findings = examine(find_home(), clock())
    if as_json:
        print_json(
            [
                {"check": f.check, "ok": f.ok, "value": f.found(translate), "advice": f.told(translate)}
                for f in findings
            ]
        )
    else:
        for finding in findings:
            sign = typer.style("✓", fg="green") if finding.ok else typer.style("✗", fg="red")
            advice = f"  {finding.told(translate)}" if not finding.ok else ""
            typer.echo(f"{sign} {translate(CHECKS[finding.check]):<16} {finding.found(translate)}{advice}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)
