"""The corner's own catalogue, ``catalogue.toml``: checked like the settings; what is wrong names its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from assets.facts import ProgrammeFact, shipped_programmes
from assets.languages import LANGUAGES, N_
from kiosk.importing.text import squeezed
from kiosk.toml_lines import line_of, rule_of
from kiosk.trouble import Trouble

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_STRICT = ConfigDict(extra="forbid", frozen=True, strict=True)


def _whole(text: str) -> str:
    """Something that can be read, in one line, with nothing that moves a cursor."""
    if not text.isprintable() or text != text.strip():
        raise ValueError("printable")
    return text


Name = Annotated[str, Field(min_length=1, max_length=24), AfterValidator(_whole)]
"""As wide as a key is on the smallest grid."""
Called = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_whole)]
Sentence = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_whole)]
Description = Annotated[str, Field(min_length=1, max_length=160), AfterValidator(_whole)]
Kind = Literal["tablet", "smartphone", "television", "camera"]
"""The words of ``models.words.EQUIPMENT_KINDS``."""

Text = TypeVar("Text")


class InLanguages(BaseModel, Generic[Text]):
    """A text in as many languages as the corner gives it."""

    model_config = _STRICT

    fr: Text | None = None
    nl: Text | None = None
    de: Text | None = None
    en: Text | None = None


class OwnProgramme(BaseModel):
    """A table ``[programmes.…]``: what is said takes the place of what ships, field by field."""

    model_config = _STRICT

    stage: Literal["awareness", "course", "module"] | None = None
    hours: float | None = Field(None, gt=0, le=500)
    names: InLanguages[Name] = InLanguages()
    also_called: list[Called] | None = None
    activity: InLanguages[Sentence] = InLanguages()
    description: InLanguages[Description] = InLanguages()
    equipment: list[Kind] | None = None
    places: int | None = Field(None, ge=1, le=500)


class OwnCatalogue(BaseModel):
    """The whole file."""

    model_config = _STRICT

    programmes: dict[str, OwnProgramme] = {}


def own_programmes(file: Path) -> dict[str, ProgrammeFact]:
    """The programmes that the file changes or adds, whole, by id.

    Raises:
        Trouble: something is unknown, missing or wrong, with its line.
    """
    said = _read(file).programmes
    shipped = shipped_programmes()
    for id_, programme in said.items():
        if not _ID.fullmatch(id_):
            raise _wrong_id(file, id_)
        if id_ not in shipped:
            _need(file, id_, programme)
    own = {id_: _fact(id_, programme, shipped.get(id_)) for id_, programme in said.items()}
    _no_two_alike(file, {**shipped, **own}, own)
    return own


def _fact(id_: str, said: OwnProgramme, shipped: ProgrammeFact | None) -> ProgrammeFact:
    """The programme with what the file says in the place of what ships; unknown facts stay unknown."""
    equipment = shipped.equipment if shipped and said.equipment is None else said.equipment
    called = shipped.also_called if shipped and said.also_called is None else said.also_called
    return ProgrammeFact(
        id=id_,
        stage=said.stage or (shipped.stage if shipped else ""),
        hours=said.hours or (shipped.hours if shipped else None),
        names=_texts(said.names, shipped.names if shipped else {}),
        also_called=tuple(called or ()),
        activity=_texts(said.activity, shipped.activity if shipped else {}),
        description=_texts(said.description, shipped.description if shipped else {}),
        least=shipped.least if shipped else None,
        most=shipped.most if shipped else None,
        equipment=tuple(equipment) if equipment is not None else None,
        places=said.places,
    )


def _texts(said: InLanguages[str], shipped: Mapping[str, str]) -> dict[str, str]:
    """A text in every language: what is said, else what ships, else the French one."""
    given = {**shipped, **said.model_dump(exclude_none=True)}
    return {language: given.get(language, given.get("fr", "")) for language in LANGUAGES}


def _read(file: Path) -> OwnCatalogue:
    try:
        text = file.read_text("utf-8-sig")
        return OwnCatalogue.model_validate(tomllib.loads(text))
    except ValidationError as wrong:
        raise _trouble(wrong, file) from None
    except tomllib.TOMLDecodeError as wrong:
        where = re.search(r"line (\d+)", str(wrong))
        raise Trouble(
            N_("{file}, ligne {line} : ce n'est pas du TOML ; écrivez par exemple « places = 6 »."),
            file=file.name,
            line=where.group(1) if where else len(text.splitlines()),
        ) from None
    except (OSError, ValueError, RecursionError):
        raise Trouble(
            N_("Le catalogue {file} ne peut pas être lu : vérifiez ce fichier, ou retirez-le."), file=file
        ) from None


def _trouble(wrong: ValidationError, file: Path) -> Trouble:
    """The first thing that is wrong, with its line."""
    first = wrong.errors()[0]
    path = [str(part) for part in first["loc"]]
    named = {"file": file.name, "line": _line(file, path), "name": _shown(path)}
    if first["type"] == "extra_forbidden":
        return Trouble(
            N_("{file}, ligne {line} : « {name} » n'est pas connu ici ; corrigez son nom ou retirez-le."),
            **named,
        )
    return Trouble(
        N_("{file}, ligne {line} : « {name} » est faux ; il faut : {rule}."), **named, rule=_rule(first)
    )


def _rule(error: Any) -> str:  # noqa: ANN401 (pydantic's error details)
    context = error.get("ctx", {})
    if "max_length" in context and isinstance(error["input"], str):
        return f'"…" ≤ {context["max_length"]}'
    kind = error["type"].partition("_")[0]
    return {"value": '"…"', "list": '["…"]', "dict": "[programmes.…]"}.get(kind) or rule_of(error)


def _wrong_id(file: Path, id_: str) -> Trouble:
    return Trouble(
        N_(
            "{file}, ligne {line} : « {name} » n'est pas un identifiant ;"
            " écrivez des lettres minuscules, des chiffres et des traits d'union."
        ),
        file=file.name,
        line=_line(file, ["programmes", id_]),
        name=_shown([id_]),
    )


def _need(file: Path, id_: str, programme: OwnProgramme) -> None:
    """A programme that does not ship needs a stage and a French name."""
    missing = "stage" if programme.stage is None else "names.fr" if programme.names.fr is None else ""
    if missing:
        raise Trouble(
            N_("{file}, ligne {line} : il manque « {name} » à ce nouveau programme ; ajoutez-le."),
            file=file.name,
            line=_line(file, ["programmes", id_]),
            name=missing,
        )


def _no_two_alike(
    file: Path, programmes: Mapping[str, ProgrammeFact], own: Mapping[str, ProgrammeFact]
) -> None:
    """A booking file may use any name of a programme: none may mean two."""
    whose: dict[str, str] = {}
    # What ships first, and ids before names: so it is the file's own word that is one too many.
    facts = sorted(programmes.values(), key=lambda fact: fact.id in own)
    named = [(fact, fact.id) for fact in facts]
    named += [(fact, name) for fact in facts for name in (*fact.names.values(), *fact.also_called)]
    for fact, name in named:
        other = whose.setdefault(squeezed(name), fact.id)
        if other == fact.id:
            continue
        mine, theirs = (fact.id, other) if fact.id in own else (other, fact.id)
        raise Trouble(
            N_(
                "{file}, ligne {line} : « {name} » est déjà le nom du programme {other} ;"
                " choisissez-en un autre."
            ),
            file=file.name,
            line=_line(file, ["programmes", mine]),
            name=_shown([name]),
            other=theirs,
        )


def _line(file: Path, path: list[str]) -> int | str:
    """The line of an entry, else that of the table around it."""
    for length in range(len(path), 0, -1):
        if (line := line_of(file, path[:length])) is not None:
            return line
    return "?"


def _shown(path: list[str]) -> str:
    """A name as a message may repeat it."""
    return "".join(sign if sign.isprintable() else "?" for sign in ".".join(path))[:60]
