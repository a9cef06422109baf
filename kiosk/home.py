"""Where a kiosk keeps its things: settings, database, secrets, logs, backups. All for its user only."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from assets.facts import corners
from assets.languages import LANGUAGES, N_
from kiosk.own_corners import said_of_corners
from kiosk.trouble import Trouble

KEY_BYTES = 32

YES = ("1", "true", "t", "yes", "y", "on")
"""Words that pydantic takes for true, in any case."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one kiosk (``KIOSK_HOME``)."""

    path: Path

    @property
    def settings_file(self) -> Path:
        """The corner's choices."""
        return self.path / "settings.toml"

    @property
    def catalogue_file(self) -> Path:
        """The programmes that the corner changes or adds, where it does."""
        return self.path / "catalogue.toml"

    @property
    def corners_file(self) -> Path:
        """The corners that a file has added or said more of, where one has."""
        return self.path / "corners.json"

    @property
    def key_file(self) -> Path:
        """The key under which codes are stored; never in the database."""
        return self.path / "secrets" / "code.key"

    @property
    def other_keys(self) -> Path:
        """Keys of the corner's other kiosks: cards that were made there open here too."""
        return self.path / "secrets" / "keys"

    @property
    def hub_file(self) -> Path:
        """How this kiosk reaches the hub, where it is enrolled at one."""
        return self.path / "secrets" / "hub.json"

    @property
    def shares(self) -> bool:
        """Whether this kiosk is enrolled at a hub."""
        return self.hub_file.exists() or self.prepared_hub_file.exists()

    @property
    def prepared_hub_file(self) -> Path:
        """The enrolment that is about to be in force: the hub changes its secret, or has just done so."""
        return self.hub_file.with_suffix(".new.json")

    @property
    def hub_ca_file(self) -> Path:
        """The certificate of whoever vouches for the hub's."""
        return self.path / "secrets" / "hub-ca.pem"

    @property
    def network_file(self) -> Path:
        """How a coordinator reaches the hub from here, where one does."""
        return self.path / "secrets" / "network.json"

    @property
    def network_ca_file(self) -> Path:
        """The certificate of whoever vouches for that hub's."""
        return self.path / "secrets" / "network-ca.pem"

    @property
    def logs(self) -> Path:
        """What happened, without names."""
        return self.path / "logs"

    @property
    def backups(self) -> Path:
        """Copies of the database."""
        return self.path / "backups"

    @property
    def papers(self) -> Path:
        """What was printed, or waits for a printer; kept for a month."""
        return self.path / "papers"

    @property
    def exports(self) -> Path:
        """Reports that the team has taken along; they name nobody."""
        return self.path / "exports"

    @property
    def recordings(self) -> Path:
        """Videos of people, each until the end of its half-day."""
        return self.path / "recordings"

    @property
    def database(self) -> Path:
        """The database file where nothing else is configured."""
        return self.path / "kiosk.db"

    @property
    def configured(self) -> bool:
        """Whether ``kiosk init`` has been here."""
        return self.settings_file.exists()

    def make(self) -> None:
        """Make the folders, readable by this user only.

        Raises:
            Trouble: the place cannot be written.
        """
        try:
            for folder in (self.path, self.key_file.parent, self.logs, self.backups):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            raise Trouble(
                N_("Le dossier {path} ne peut pas être écrit : choisissez-en un autre avec KIOSK_HOME."),
                path=self.path,
            ) from None

    def new_key(self) -> bytes:
        """Make the code key, once.

        Raises:
            FileExistsError: there is one; replacing it would void every card.
        """
        import secrets

        key = secrets.token_bytes(KEY_BYTES)
        draft = self.key_file.with_suffix(f".{secrets.token_hex(4)}.new")
        try:
            write_whole(draft, key.hex() + "\n")
            self._put(draft)
        finally:
            draft.unlink(missing_ok=True)
        return key

    def _put(self, draft: Path) -> None:
        """Give a key that is whole its name, never over another."""
        try:
            os.link(draft, self.key_file)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            if self.key_file.exists():
                raise FileExistsError(self.key_file) from None
            draft.replace(self.key_file)

    def key(self) -> bytes:
        """The code key.

        Raises:
            Trouble: it is missing or damaged.
        """
        try:
            key = bytes.fromhex(self.key_file.read_text("ascii").strip())
        except (OSError, ValueError):
            key = b""
        if len(key) != KEY_BYTES:
            raise Trouble(
                N_("La clé des codes manque ou est abîmée ({path}) : reprenez-la dans la sauvegarde."),
                path=self.key_file,
            )
        return key


def other_keys(home: Home) -> tuple[bytes, ...]:
    """The keys of the corner's other kiosks; a damaged one opens nothing, as if it were not there."""
    found: list[bytes] = []
    with suppress(OSError):
        for file in sorted(home.other_keys.glob("*.key")):
            with suppress(OSError, ValueError):
                key = bytes.fromhex(file.read_text("ascii").strip())
                if len(key) == KEY_BYTES:
                    found.append(key)
    return tuple(found)


def write_whole(path: Path, text: str) -> None:
    """Write a file for its user only, to the disk."""
    handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def replace_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, for its user only, to the disk.

    Raises:
        OSError: there is no place for it; what stood there stands there still.
    """
    replace_by_pieces(path, (data,))


def replace_by_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """The same for a file that is longer than anybody wants in memory.

    Raises:
        OSError: there is no place for it; what stood there stands there still.
    """
    import tempfile

    if path.exists() and not path.is_file():
        raise OSError("not a file")
    # A name nobody can have prepared, and a mode nobody can have widened.
    handle, name = tempfile.mkstemp(prefix=".kiosk-", suffix=path.suffix, dir=path.resolve().parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path.resolve())
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def find_home() -> Home:
    """The folder named by ``KIOSK_HOME``, else the platform's place for program data."""
    named = os.environ.get("KIOSK_HOME")
    if named:
        return Home(_place(named))
    from platformdirs import user_data_path

    return Home(user_data_path("smartcorner-kiosk"))


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What the first paint needs to know, read without checking; the settings are checked right after."""

    corner_name: str
    theme: str
    language: str
    database: Path
    bring: Mapping[str, str] = field(default_factory=dict)
    """What people take with them, by language; the house's own words where the corner says nothing."""
    sound: bool = False
    """Silence unless the settings were asked: nothing that only draws the screens makes a noise."""


def first_look(home: Home) -> FirstLook:
    """Corner, theme and language as the settings seem to say; the house's own where they do not."""
    said = written(home)
    return FirstLook(
        corner_name=_corner_name(home, str(os.environ.get("KIOSK_CORNER", said.get("corner", "")))),
        theme=str(os.environ.get("KIOSK_THEME", said.get("theme", "jour"))),
        language=_language(said),
        database=database_file(home, os.environ.get("KIOSK_DATABASE", said.get("database"))),
        bring=_table(said.get("bring")),
        sound=wants_sound(said.get("sound", True)),
    )


def _corner_name(home: Home, corner_id: str) -> str:
    """A corner's name as its own file or the house has it; a damaged file is told right after."""
    with suppress(Trouble):
        if name := said_of_corners(home.corners_file).get(corner_id, {}).get("name"):
            return name
    corner = corners().get(corner_id)
    return corner.name if corner else "SmartCorner"


def _table(said: object) -> Mapping[str, str]:
    """A table of texts, as far as it is one; the settings are checked right after."""
    if not isinstance(said, dict):
        return {}
    return {str(name): text for name, text in said.items() if isinstance(text, str) and text.isprintable()}


def wants_sound(said: object = True) -> bool:
    """Whether answers are heard: the variable before the file, read as the settings will read it."""
    return str(os.environ.get("KIOSK_SOUND", said)).lower() in YES


def home_language() -> str:
    """The language of the home in use, for what is told before its settings are checked, or without them."""
    try:
        return _language(written(find_home()))
    except (Trouble, OSError):  # there is no such place, which whoever needs one will say
        return _language({})


def _language(said: Mapping[str, object]) -> str:
    """The language that the environment or else the settings name; French where it is not one of ours."""
    named = os.environ.get("KIOSK_LANGUAGE", said.get("language"))
    return next((language for language in LANGUAGES if language == named), "fr")


def written(home: Home) -> dict[str, object]:
    """The settings as they are written, unchecked; none where they cannot be read."""
    import tomllib

    try:
        return tomllib.loads(home.settings_file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}


def database_file(home: Home, named: object) -> Path:
    """The database file that the settings name, ``kiosk.db`` in the home where they name none.

    A relative path starts at the home, wherever the program was started from; that of the environment
    variable, like every path of a command, at the working directory.

    Raises:
        Trouble: it is a server's address; a kiosk keeps its own file.
    """
    if not named:
        return home.database.resolve()
    path = str(named).removeprefix("sqlite:///")
    if "://" in path:
        raise Trouble(
            N_("La base d'une borne est un fichier : donnez un chemin dans KIOSK_DATABASE, pas une adresse.")
        )
    return _place(path, Path() if named == os.environ.get("KIOSK_DATABASE") else home.path)


def _place(named: str, beside: Path | None = None) -> Path:
    try:
        if "\0" in named:
            raise ValueError(named)
        # Resolved, so that two ways to one file are one file: its lock, and SQLite's own files beside it.
        return ((beside or Path()) / Path(named).expanduser()).resolve()
    except (RuntimeError, ValueError):  # somebody's home who is not known here
        raise Trouble(
            N_("« {path} » n'est pas un chemin : corrigez KIOSK_HOME ou le réglage « database »."),
            path=named.replace("\0", "?")[:80],
        ) from None
