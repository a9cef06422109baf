"""The command line: English commands, messages in the operator's language, one sentence an error.

Exit codes: 0 done, 1 refused or partly done, 2 wrong usage.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

from typer.exceptions import Abort, TyperException

from assets.languages import N_, Translate
from kiosk.commands.shared import app, operator
from kiosk.crash_net import place_of
from kiosk.trouble import Trouble

_MISUSES = {
    "NoSuchOption": N_("« {what} » n'est pas une option : lancez « {command} --help » pour voir lesquelles."),
    "MissingParameter": N_("Il manque « {what} » : lancez « {command} --help » pour voir comment l'écrire."),
    "BadOptionUsage": N_("« {what} » demande une valeur : lancez « {command} --help » pour voir laquelle."),
    "BadParameter": N_("« {what} » n'a pas une valeur qui convient : lancez « {command} --help »."),
}
_MISUSE = N_("Cette commande n'est pas comprise : lancez « {command} --help » pour voir comment l'écrire.")


def run() -> None:
    """Run the command that the arguments name; no traceback reaches a person, ever."""
    # They register their commands.
    from kiosk.commands import (  # noqa: F401
        arrivals,
        codes,
        day,
        erasing,
        hub,
        hub_status,
        importing,
        keeping,
        network,
        paper,
        person,
        report,
        setup,
        staff,
        sync,
    )

    logging.getLogger("kiosk").addHandler(logging.NullHandler())
    sys.exit(_run(operator()))


def _run(translate: Translate) -> int:
    """The exit code, everything said that there is to say."""
    try:
        try:
            return app(standalone_mode=False) or 0
        finally:
            sys.stdout.flush()
    except Trouble as trouble:
        return _say(trouble.told(translate))
    except Abort:
        return _say(translate("Arrêté : rien n'a été changé."))
    except TyperException as misuse:
        _say(_misuse(misuse, translate))
        return 2
    except BrokenPipeError:  # whoever read has seen enough
        return _nobody_reads()
    except UnicodeError:
        return _say(
            translate("Un mot de la commande n'est pas du texte lisible (UTF-8) : écrivez-le à nouveau.")
        )
    except Exception as error:  # the last net: a place for the technician, a sentence for the person
        if isinstance(error, OSError) and error.filename is None:
            _nobody_reads()
            return _say(
                translate("La sortie ne peut pas être écrite : libérez de l'espace, puis recommencez.")
            )
        logging.getLogger("kiosk").error("command failed: %s", place_of(error))
        unexpected = Trouble(
            N_(
                "La commande s'est arrêtée ({place}) : rien n'est à moitié fait ;"
                " montrez ceci au service technique."
            ),
            place=place_of(error),
        )
        return _say(unexpected.told(translate))


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _nobody_reads() -> int:
    """Let what is still to be written go nowhere: Python would complain about it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 1


def _misuse(error: Any, translate: Translate) -> str:  # noqa: ANN401 (Typer keeps these classes to itself)
    """One sentence for what Typer says in two lines and a box."""
    context = getattr(error, "ctx", None)
    parameter = getattr(error, "param", None)
    what = getattr(error, "option_name", None) or (parameter and parameter.get_error_hint())
    sentence = _MISUSES.get(type(error).__name__, _MISUSE) if what else _MISUSE
    return translate(
        sentence, what=str(what).strip("'"), command=context.command_path if context else "kiosk"
    )
