"""Whatever goes wrong between here and PostgreSQL, as one of the troubles that have a sentence."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from kiosk.sync.trouble import HubProblem, HubTrouble

log = logging.getLogger("kiosk")

T = TypeVar("T")

_BY_STATE = {
    "HUB01": HubProblem.NO_ENTRY,
    "HUB02": HubProblem.REVOKED,
    "HUB03": HubProblem.ANOTHER,
    "HUB04": HubProblem.TIMELINE,
    "HUB05": HubProblem.REVOKED,
    "57014": HubProblem.SLOW,  # query_canceled: the statement's time-out
    "53100": HubProblem.FULL,  # disk_full
    "58030": HubProblem.FULL,  # io_error: no space, or a disk that fails
    "28000": HubProblem.NO_ENTRY,  # no such role, or one that may not log in
    "28P01": HubProblem.NO_ENTRY,  # wrong password
    "3D000": HubProblem.NO_HUB,  # no such database
    "3F000": HubProblem.NO_HUB,  # no such schema
    "42883": HubProblem.NO_HUB,  # no such function
    "42P01": HubProblem.NO_HUB,  # no such table, in a hub that is older than this program
    "42703": HubProblem.NO_HUB,  # no such column, the same
    "42501": HubProblem.NO_ENTRY,  # may not call it
}
"""What PostgreSQL says by number (its appendix A), and the hub's own numbers."""

_ROW_CLASSES = ("22", "23")
"""Data exceptions and broken constraints: it is a row that is wrong, not the hub."""


def guarded(ask: Callable[[], T]) -> T:
    """Ask PostgreSQL something.

    Raises:
        HubTrouble: it did not answer, or said no.
    """
    import psycopg

    try:
        return ask()
    except psycopg.Error as error:
        # By its number: its text may hold what was sent.
        log.warning("hub: %s %s", type(error).__name__, error.sqlstate)
        raise HubTrouble(_problem(error)) from None
    except UnicodeError:  # half of a sign: no text that can be sent
        raise HubTrouble(HubProblem.ROW) from None
    except OSError:
        raise HubTrouble(HubProblem.AWAY) from None


def _problem(error: Exception) -> HubProblem:
    """What an error of PostgreSQL, or of the way to it, means."""
    state = getattr(error, "sqlstate", None) or ""
    if state in _BY_STATE:
        return _BY_STATE[state]
    if state[:2] in _ROW_CLASSES:
        return HubProblem.ROW
    if state == "XX000" and "could not extend file" in str(error):
        return HubProblem.FULL  # a quota: PostgreSQL has a number of its own only for a whole disk
    if state:
        return HubProblem.AWAY
    return _without_number(str(error))


_SIGNS = (
    # A line that breaks behind TLS, or a hub that is full, says nothing of certificates or rights.
    (("unexpected eof", "SSL SYSCALL error", "SSL connection has been closed"), HubProblem.AWAY),
    (("too many connections", "trop de connexions", "zu viele Verbindungen"), HubProblem.AWAY),
    (
        ("certificate", "SSL error", "SSL was required", "does not support SSL", "tlsv1", "channel binding"),
        HubProblem.TLS,
    ),
    (
        (
            "password authentication failed",
            "no password",
            "is not permitted to log in",
            "no pg_hba.conf entry",
            "authentification par mot de passe échouée",
            "n'est pas autorisé à se connecter",
            "aucune entrée dans pg_hba.conf",
            "Passwort-Authentifizierung",
            "Berechtigung zum Einloggen",
            "kein pg_hba.conf-Eintrag",
        ),
        HubProblem.NO_ENTRY,
    ),
    (('role "', "le rôle «", "Rolle »"), HubProblem.NO_ENTRY),
    (
        (
            "expected authentication request",
            "invalid response to SSL",
            "received invalid",
            "lost synchronization",
        ),
        HubProblem.NOT_OURS,
    ),
    (("does not exist", "n'existe pas", "existiert nicht"), HubProblem.NO_HUB),
)
"""What libpq and the server say before a connection stands, where nothing has a number: the one in English,
the other in the language of its ``lc_messages``, here as PostgreSQL 15 has them."""


def _without_number(said: str) -> HubProblem:
    return next(
        (problem for words, problem in _SIGNS if any(word in said for word in words)), HubProblem.AWAY
    )
