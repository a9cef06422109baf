"""The settings: a TOML file, then ``KIOSK_*``, then the command line; a wrong one names its line."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assets.facts import corners
from assets.languages import N_
from kiosk.camera import CAMERA_SETTING, MICROPHONE_SETTING, Devices
from kiosk.home import Home
from kiosk.toml_lines import line_of, rule_of
from kiosk.trouble import Trouble
from models.policy import Policy

_USUAL = Policy()


class Attendance(BaseModel):
    """The table ``[attendance]``: the numbers of ``models.policy.Policy``, checked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    doors_open: int = Field(_USUAL.doors_open, ge=0, le=720)
    tolerance: int = Field(_USUAL.tolerance, ge=0, le=240)
    capacity: int = Field(_USUAL.capacity, ge=1, le=500)
    walk_ins: int = Field(_USUAL.walk_ins, ge=0, le=500)
    wrong_codes: int = Field(_USUAL.wrong_codes, ge=1, le=100)
    wrong_codes_window: int = Field(_USUAL.wrong_codes_window, ge=1, le=240)
    pause: int = Field(_USUAL.pause, ge=1, le=240)
    tries_a_minute: int = Field(_USUAL.tries_a_minute, ge=1, le=1000)
    code_days_before: int = Field(_USUAL.code_days_before, ge=0, le=365)
    code_days_after: int = Field(_USUAL.code_days_after, ge=0, le=365)
    wrong_pins: int = Field(_USUAL.wrong_pins, ge=1, le=20)
    pin_delay: int = Field(_USUAL.pin_delay, ge=1, le=60)
    undo: int = Field(_USUAL.undo, ge=0, le=60)
    quarter: int = Field(_USUAL.quarter, ge=1, le=60)
    silent_days: int = Field(_USUAL.silent_days, ge=1, le=365)


def _printable(text: str) -> str:
    """No line breaks, nothing that moves a cursor or turns the direction of what follows."""
    if not text.isprintable():
        raise ValueError("printable")
    return text


Phrase = Annotated[str, Field(max_length=40), AfterValidator(_printable)]


class Bring(BaseModel):
    """The table ``[bring]``: what people take with them, as the end of the sentence "À prendre : …"."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fr: Phrase = ""
    nl: Phrase = ""
    de: Phrase = ""
    en: Phrase = ""


class Settings(BaseSettings):
    """What a corner chooses."""

    model_config = SettingsConfigDict(
        env_prefix="KIOSK_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    corner: str
    """Corner id, as in ``assets/corners.json``."""
    language: Literal["fr", "nl", "de", "en"] = "fr"
    """Language of the screens and the commands, and of the answers where nobody is known."""
    theme: Literal["jour", "soir", "contraste"] = "jour"
    sound: bool = True
    """Whether an answer is heard too."""
    database: str | None = None
    """Another file for the database, or ``sqlite:///path``, from the home on; default ``kiosk.db``."""
    several_kiosks: bool = False
    """Whether two full-screen kiosks may share this database file."""
    printer: Annotated[str, Field(max_length=127), AfterValidator(_printable)] = ""
    """Where papers are printed: a CUPS printer's name; empty for the system's own, ``none`` for nowhere."""
    camera: Annotated[str, Field(max_length=200, pattern=CAMERA_SETTING)] = ""
    """What the booth films with: ``format:device`` of ffmpeg; empty to look for one, ``none`` for nothing."""
    microphone: Annotated[str, Field(max_length=200, pattern=MICROPHONE_SETTING)] = ""
    """The same for its sound."""
    sticks: tuple[Annotated[str, Field(max_length=200, pattern=r"^/")], ...] = ()
    """More folders in which USB sticks appear, beside those that systems use."""
    attendance: Attendance = Attendance()
    bring: Bring = Bring()

    @field_validator("corner")
    @classmethod
    def _known_corner(cls, value: str) -> str:
        if value not in corners():
            raise ValueError("corner")
        return value

    @property
    def policy(self) -> Policy:
        """The numbers of the rules."""
        return Policy(**self.attendance.model_dump())

    @property
    def devices(self) -> Devices:
        """What the booth films with, and where sticks are."""
        return Devices(self.camera, self.microphone, self.sticks)


def load_settings(home: Home, **given: Any) -> Settings:  # noqa: ANN401 (checked by pydantic)
    """Read and check the settings of a home.

    Raises:
        Trouble: something is missing, unknown or wrong, with the line where there is one.
    """
    file = home.settings_file

    class FromFile(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 (the library's signature)
            file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            toml = TomlConfigSettingsSource(settings_cls, file)
            return init_settings, env_settings, toml

    try:
        if not file.is_file():
            raise FileNotFoundError(file)
        return FromFile(**given)
    except ValidationError as wrong:
        raise _trouble(wrong, file) from None
    except tomllib.TOMLDecodeError as wrong:
        where = re.search(r"line (\d+)", str(wrong))
        raise Trouble(
            N_('{file}, ligne {line} : ce n\'est pas du TOML ; écrivez par exemple « theme = "jour" ».'),
            file=file.name,
            line=where.group(1) if where else "?",
        ) from None
    except (OSError, ValueError, RecursionError):
        raise Trouble(
            N_("Les réglages {file} ne peuvent pas être lus : vérifiez le fichier et les variables KIOSK_."),
            file=file,
        ) from None


def _trouble(wrong: ValidationError, file: Path) -> Trouble:
    """The first thing that is wrong, with its line or its environment variable."""
    first = wrong.errors()[0]
    path = [str(part) for part in first["loc"]]
    name = ".".join(path)
    line = line_of(file, path)
    if first["type"] == "missing":
        return Trouble(
            N_("Le réglage « {name} » manque dans {file} : ajoutez-le, ou lancez « kiosk init »."),
            name=name,
            file=file,
        )
    variable = "KIOSK_" + "__".join(path).upper()
    if line is None or variable in os.environ:
        return Trouble(
            N_("La variable {variable} est fausse ; il faut : {rule}."),
            variable=variable,
            rule=_rule(first),
        )
    if first["type"] == "extra_forbidden":
        return Trouble(
            N_("{file}, ligne {line} : « {name} » n'est pas un réglage ; corrigez son nom ou retirez-le."),
            file=file.name,
            line=line,
            name=name[:60],
        )
    return Trouble(
        N_("{file}, ligne {line} : « {name} » est faux ; il faut : {rule}."),
        file=file.name,
        line=line,
        name=name[:60],
        rule=_rule(first),
    )


def _rule(error: Any) -> str:  # noqa: ANN401 (pydantic's error details)
    """What is allowed, in words that need no translation."""
    if error["loc"] and error["loc"][0] == "corner":
        return " | ".join(corners())
    return rule_of(error)
