"""The whole network: ``hub coordinator``, ``hub fold``, ``hub watch``, and ``network`` for a coordinator."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assets.languages import N_, Counted, local
from kiosk.commands.hub import AddressOption, address_given, certificate, hub
from kiosk.commands.shared import (
    AtOption,
    JsonOption,
    app,
    clock,
    moment_json,
    operator,
    operator_language,
    print_json,
    write_out,
)
from kiosk.home import find_home
from kiosk.own_facts import use_own_corners
from kiosk.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.network.view import Corner, Network

LOOK_EVERY = 20.0
"""Seconds between two looks at whether any corner has told something."""

WHOLE_EVERY = timedelta(hours=1)
"""How often every day and month is worked out, not only those near today."""


@hub.command()
def coordinator(
    name: Annotated[str, typer.Argument(help="Nom de la personne.", metavar="NOM")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Fichier à écrire.", metavar="FICHIER")
    ] = None,
    address: AddressOption = "",
    host: Annotated[str, typer.Option("--host", help="Nom du serveur vu de son poste.")] = "",
    ca: Annotated[
        Path | None, typer.Option("--ca", help="Certificat de l'autorité du serveur (PEM).")
    ] = None,
    end: Annotated[
        bool, typer.Option("--end", help="Fermer son accès, par exemple quand son poste est volé.")
    ] = False,
) -> None:
    """Laisser quelqu'un de la coordination voir tout le réseau : des chiffres, jamais une personne."""
    from kiosk.sync.coordinator import end_coordinator, enrol_coordinator

    translate, name = operator(), name[:40]
    if end:
        if not end_coordinator(address_given(address), name):
            raise Trouble(N_("« {name} » n'a pas d'accès au réseau : vérifiez le nom."), name=name)
        typer.echo(translate("{name} : l'accès au réseau est fermé.", name=name))
        return
    if output is None:
        raise Trouble(N_("Il manque le fichier à écrire : ajoutez « -o FICHIER »."))
    pem = certificate(ca) if ca is not None else ""
    made = enrol_coordinator(address_given(address), name, host=host, ca=pem)
    write_out(output, made.text.encode())
    typer.echo(
        translate(
            "Portez {path} à son poste, puis lancez-y « kiosk network --join FICHIER »,"
            " et effacez le fichier.",
            path=output,
        )
    )


@hub.command()
def fold(address: AddressOption = "", at: AtOption = None) -> None:
    """Recalculer tout ce que la coordination voit (une fois ; « watch » : tout le temps)."""
    from kiosk.sync.fold import fold as worked_out
    from kiosk.sync.hub_database import opened

    translate, home = operator(), find_home()
    with opened(address_given(address)) as connection:
        done = worked_out(connection, home, clock(at).now(), whole=True)
    typer.echo(translate(Counted("{n} SmartCorner à jour.", "{n} SmartCorners à jour."), n=done))


@hub.command()
def watch(address: AddressOption = "") -> None:
    """Tenir à jour ce que la coordination voit, jusqu'à ce qu'on l'arrête."""
    keep_up(address_given(address), clock().now, time.sleep)


def keep_up(address: str, now: Callable[[], datetime], wait: Callable[[float], None]) -> None:
    """Look again and again; a hub that is away is waited for, and said once."""
    from kiosk.sync.fold import fold as worked_out
    from kiosk.sync.hub_database import opened
    from kiosk.sync.trouble import HubTrouble

    translate, home = operator(), find_home()
    said: str | None = None
    wholly: datetime | None = None
    while True:
        begun = now()
        # A new day is over: its people, and a month perhaps, can be told.
        whole = wholly is None or begun - wholly >= WHOLE_EVERY or local(begun).date() != local(wholly).date()
        try:
            with opened(address) as connection:
                worked_out(connection, home, begun, whole=whole)
            wholly = begun if whole else wholly
            trouble = None
        except Trouble as failed:  # also a copy that cannot be made: the disk is full, say
            kept = failed.for_the_keeper() if isinstance(failed, HubTrouble) else failed
            trouble = kept.told(translate)
            wholly = None  # what was taken in and not told is told as soon as that is possible
        if trouble and trouble != said:
            typer.echo(trouble, err=True)
        said = trouble
        wait(LOOK_EVERY)


@app.command()
def network(
    join: Annotated[
        Path | None,
        typer.Option("--join", help="Fichier reçu de « kiosk hub coordinator ».", metavar="FICHIER"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Voir quand chaque SmartCorner a donné de ses nouvelles, et sa journée (coordination)."""
    from kiosk.sync.coordinator import ask_network, join_network

    home = find_home()
    use_own_corners(home)
    if join is not None:
        join_network(home, join)
    today = local(clock().now()).date()
    found = ask_network(home, today, today)
    if as_json:
        print_json(network_json(found))
        return
    for line in network_lines(found):
        typer.echo(line)


def network_lines(found: Network) -> list[str]:
    """Headings, and a line for each corner: where, when it was heard, the half-days of today."""
    from screens.staff.network_words import DAY, day_figures, heard_said
    from screens.staff.review_words import corner_name

    language, today, translate = operator_language(), local(found.at).date(), operator()
    heads = [translate(name) for name, _ in DAY.values()]
    lines = [("SmartCorner", translate("Nouvelles"), heads)]
    lines += [
        (corner_name(one.id), heard_said(one, found.at, language), list(day_figures(one, today)))
        for one in found.corners
    ]
    return [
        f"{name:<24} {heard:<30} "
        + "  ".join(f"{figure:>{len(head)}}" for figure, head in zip(figures, heads, strict=True))
        for name, heard, figures in lines
    ]


def network_json(found: Network) -> dict[str, Any]:
    """When each corner was heard, and its days, under names that scripts rely on."""
    return {
        "at": moment_json(found.at),
        "corners": [_corner_json(one, found) for one in found.corners],
        "people": {day.isoformat(): people for day, people in found.people.items()},
    }


def _corner_json(one: Corner, found: Network) -> dict[str, Any]:
    return {
        "corner": one.id,
        "heard": one.hearing(found.at).value,
        "last_seen": moment_json(one.last_seen),
        "up_to_date": moment_json(one.folded_at),
        "conflicts": one.conflicts,
        "kiosks": [
            {
                "name": kiosk.name,
                "last_seen": moment_json(kiosk.last_seen),
                "version": kiosk.version,
                "pending": kiosk.pending,
                "refused_rows": kiosk.refused,
                "skew_ms": round(kiosk.skew.total_seconds() * 1000),
                "revoked": kiosk.revoked,
            }
            for kiosk in one.kiosks
        ],
        "days": {
            day.isoformat(): {"planned": told.planned, "over": told.over, "closed": told.closed}
            for day, told in sorted(one.days.items())
        },
    }
