"""The accounts of the team: ``staff list``, ``add``, ``pin``, ``role``, ``close``, ``open``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from assets.languages import N_, day, local
from kiosk.commands.shared import (
    AtOption,
    JsonOption,
    OpenKiosk,
    app,
    clock,
    moment_json,
    open_kiosk,
    operator,
    operator_language,
    print_json,
)
from kiosk.trouble import Trouble
from models import accounts, pins
from models.accounts import Account, AccountError, Problem
from models.log import Author
from models.words import Role

staff = typer.Typer(help="Les comptes de l'équipe : qui peut ouvrir « Équipe », et avec quel rôle.")
app.add_typer(staff, name="staff")

ROLES = {
    Role.FACILITATOR: N_("animation"),
    Role.STAFF: N_("personnel"),
    Role.COORDINATOR: N_("coordination"),
    Role.TECHNICIAN: N_("technique"),
}

PROBLEMS = {
    Problem.NO_NAME: N_("« {name} » n'est pas un nom : écrivez de 1 à 40 signes qui se lisent."),
    Problem.NAME_TAKEN: N_(
        "« {name} » est déjà le nom d'un compte : ajoutez une initiale, pour les distinguer."
    ),
    Problem.UNKNOWN: N_("Aucun compte ne s'appelle « {name} » : « kiosk staff list » les montre tous."),
    Problem.SEVERAL: N_(
        "Plusieurs comptes s'appellent « {name} » :"
        " donnez l'identifiant que montre « kiosk staff list --json »."
    ),
    Problem.CLOSED: N_("Le compte « {name} » est fermé : « kiosk staff open » l'ouvre à nouveau."),
    Problem.OPEN: N_("Le compte « {name} » est déjà ouvert."),
    Problem.LAST: N_(
        "« {name} » est le dernier compte qui peut noter des présences :"
        " ajoutez-en d'abord un autre avec « kiosk staff add »."
    ),
}

NameArgument = Annotated[str, typer.Argument(help="Nom du compte.", metavar="NOM")]
RoleArgument = Annotated[Role, typer.Argument(help="Nouveau rôle.")]
RoleOption = Annotated[Role, typer.Option("--role", help="Ce que le compte pourra faire.")]
DigitsOption = Annotated[
    int,
    typer.Option("--digits", min=pins.SHORTEST, max=pins.LONGEST, help="Nombre de chiffres du code."),
]


@staff.command("list")
def list_accounts(as_json: JsonOption = False) -> None:
    """Montrer les comptes, ouverts et fermés ; jamais leurs codes."""
    translate, language = operator(), operator_language()
    with open_kiosk() as kiosk:
        known = kiosk.database.write(accounts.accounts).result()
    if as_json:
        print_json([_json(account) for account in known])
        return
    for account in known:
        line = f"{account.name:<{accounts.LONGEST_NAME // 2}} {translate(ROLES[Role(account.role)]):<14}"
        if account.closed_at is not None:
            when = f"{day(account.closed_at, language)} {local(account.closed_at).year}"
            line += translate("fermé le {when}", when=when)
        typer.echo(line.rstrip())


@staff.command("add")
def add(
    name: NameArgument,
    role: RoleOption,
    digits: DigitsOption = pins.SHORTEST,
    as_json: JsonOption = False,
    at: AtOption = None,
) -> None:
    """Ajouter un compte ; la borne fait son code et le montre une seule fois."""
    with _changing(name, at) as (kiosk, author):
        pin, kept = _new_pin(kiosk, digits)
        account = kiosk.database.write(accounts.add, author, name, role, kept).result()
    _show_pin(account, pin, as_json=as_json)


@staff.command("pin")
def new_pin(
    name: NameArgument,
    digits: DigitsOption = pins.SHORTEST,
    as_json: JsonOption = False,
    at: AtOption = None,
) -> None:
    """Donner un nouveau code à un compte ; le code d'avant ne marche plus."""
    with _changing(name, at) as (kiosk, author):
        pin, kept = _new_pin(kiosk, digits)
        account = kiosk.database.write(accounts.give_pin, author, name, kept).result()
    _show_pin(account, pin, as_json=as_json)


@staff.command("role")
def give_role(name: NameArgument, role: RoleArgument, at: AtOption = None) -> None:
    """Donner un autre rôle à un compte."""
    translate = operator()
    with _changing(name, at) as (kiosk, author):
        account = kiosk.database.write(accounts.give_role, author, name, role).result()
    typer.echo(translate("{name} : {role}.", name=account.name, role=translate(ROLES[role])))


@staff.command("close")
def close(name: NameArgument, at: AtOption = None) -> None:
    """Fermer un compte : il n'ouvre plus rien, ce qu'il a noté reste."""
    translate = operator()
    with _changing(name, at) as (kiosk, author):
        account = kiosk.database.write(accounts.close, author, name).result()
    typer.echo(translate("Compte fermé : {name}.", name=account.name))


@staff.command("open")
def reopen(
    name: NameArgument,
    digits: DigitsOption = pins.SHORTEST,
    as_json: JsonOption = False,
    at: AtOption = None,
) -> None:
    """Ouvrir à nouveau un compte fermé, avec un nouveau code."""
    with _changing(name, at) as (kiosk, author):
        pin, kept = _new_pin(kiosk, digits)
        account = kiosk.database.write(accounts.reopen, author, name, kept).result()
    _show_pin(account, pin, as_json=as_json)


@contextmanager
def _changing(name: str, at: str | None) -> Iterator[tuple[OpenKiosk, Author]]:
    """The open kiosk and who writes; what cannot be is told in one sentence."""
    now = clock(at).now()
    try:
        with open_kiosk() as kiosk:
            yield kiosk, kiosk.author(now)
    except AccountError as error:
        raise Trouble(PROBLEMS[error.problem], name=name[: accounts.LONGEST_NAME]) from None


def _new_pin(kiosk: OpenKiosk, digits: int) -> tuple[str, str]:
    """A PIN that no open account has, and its hash; made before the transaction, which it would hold up."""
    taken = kiosk.database.write(accounts.taken_pins).result()
    pin = pins.new_pin(digits, taken)
    return pin, pins.hash_pin(pin)


def _show_pin(account: Account, pin: str, *, as_json: bool) -> None:
    """Show the PIN, this once."""
    if as_json:
        print_json({**_json(account), "pin": pin})
        return
    translate = operator()
    typer.echo(
        translate(
            "Compte : {name}. Code : {pin}. Notez-le : il ne sera plus montré.", name=account.name, pin=pin
        )
    )


def _json(account: Account) -> dict[str, str | None]:
    return {
        "id": account.id,
        "name": account.name,
        "role": account.role,
        "closed_at": moment_json(account.closed_at),
    }
