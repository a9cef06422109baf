"""The one database file of a kiosk: opened once, written by one thread, read on connections of their own.

Everything that writes is a job for the writer's thread: ``BEGIN IMMEDIATE``, the rule, one durable
commit, and only then the answer. A job given before the file is open waits its turn, so a card shown
in the first moment is kept.
"""

from __future__ import annotations

import os
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from assets.languages import N_
from kiosk.trouble import Trouble
from models.schema import NewerSchema, is_current, upgrade, version

if TYPE_CHECKING:
    from sqlalchemy import Connection as AlchemyConnection
    from sqlalchemy import Engine
    from sqlmodel import Session

    from models.connection import Connection

P = ParamSpec("P")
T = TypeVar("T")

OLDEST_SQLITE = (3, 51, 3)
"""Before this release two connections that write or checkpoint at once can corrupt a WAL file."""

LOCK_WAIT = 10.0
"""Seconds that a write waits for another process before it gives up."""

CHECKPOINT_AFTER = 2000
"""Commits after which the WAL is taken into the file even when nobody pauses."""

IDLE_CHECKPOINT = 2.0
"""Seconds without a job after which the WAL is taken into the file."""

_PRAGMAS = (
    "journal_mode = wal",
    "synchronous = full",
    "foreign_keys = on",
    "secure_delete = on",
    "busy_timeout = 0",
    # Checkpoints belong to the writer's quiet moments, not to somebody's arrival.
    "wal_autocheckpoint = 0",
)


class Database:
    """A kiosk's database file with its writer thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._watched = tuple(path.with_name(path.name + ending) for ending in ("", "-wal", "-shm"))
        """The file, its log of writes and its index of that log."""
        self._jobs: queue.SimpleQueue[tuple[Future[Any], Callable[[Connection], Any]] | None]
        self._jobs = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._files: tuple[tuple[int, int], ...] = ()
        """Device and inode of each of them, as they were opened."""
        self._size = 0
        """Bytes that the file had; it only grows."""
        self._to_scrub = False
        """Whether something that was deleted may still stand in the WAL."""
        self._engine: Engine | None = None
        self._reader = ThreadPoolExecutor(1, "reader")
        self._reading: Connection | None = None
        """The reader's own connection, opened when it is needed first."""
        self.changed: Callable[[], None] = lambda: None
        """Called on the writer's thread after each commit that has changed something; it takes no time."""

    # ---- opening and closing

    def open(self, *, create: bool = False, update: bool = True) -> Future[None]:
        """Start the writer and open the file; the future fails with ``Trouble`` where that is impossible.

        Args:
            create: make the file, or the tables in a file that has none of a kiosk.
            update: bring an older kiosk's tables up to date; else such a file is refused.
        """
        opened: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._run, args=(opened, create, update), name="writer", daemon=True
        )
        self._thread.start()
        return opened

    def close(self) -> None:
        """Finish what is queued, take the WAL into the file, and end the writer."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None
        self._reader.shutdown()
        if self._reading is not None:
            self._reading.close()
            self._reading = None
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    # ---- writing

    def write(
        self, rule: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run a rule in one transaction on the writer's thread; the future is set after the commit."""
        future: Future[T] = Future()
        self._jobs.put((future, lambda conn: rule(conn, *args, **kwargs)))
        return future

    def scrub(self) -> Future[bool]:
        """Take what was deleted out of the WAL as well; whether that was possible: a reader may be at it.

        Where it was not, the writer's next quiet moment tries again.
        """
        future: Future[bool] = Future()
        self._jobs.put((future, _scrub))
        return future

    def _run(self, opened: Future[None], create: bool, update: bool) -> None:
        try:
            conn = self._connect(create, update)
        except Exception as error:  # told to whoever asked; the thread must not die in silence
            trouble = error if isinstance(error, Trouble) else _as_trouble(error, self.path)
            opened.set_exception(trouble)
            self._fail_all(trouble)
            return
        opened.set_result(None)
        commits = 0
        while True:
            try:
                job = self._jobs.get(timeout=IDLE_CHECKPOINT if commits or self._to_scrub else None)
            except queue.Empty:
                if self._to_scrub:
                    with suppress(Exception):
                        self._to_scrub = not _scrub(conn)
                commits = _checkpoint(conn)
                continue
            if job is None:
                break
            future, rule = job
            if future.set_running_or_notify_cancel():
                self._do(conn, future, rule)
                commits += 1
            # This thread now waits, for a minute perhaps: with the job it would keep a name and a code.
            del job, future, rule
            if commits >= CHECKPOINT_AFTER:
                commits = _checkpoint(conn)
        _checkpoint(conn)
        conn.close()

    def _do(self, conn: Connection, future: Future[Any], rule: Callable[[Connection], Any]) -> None:
        """One job: begin, rule, durable commit, answer. A failure leaves nothing half done."""
        import pysqlite3

        try:
            self._still_there(conn)
            if rule is _scrub:
                self._to_scrub = not _scrub(conn)
                future.set_result(not self._to_scrub)
                return
            _patiently(partial(conn.execute, "begin immediate"))
            before = conn.total_changes
            result = rule(conn)
            conn.execute("commit")
        except BaseException as error:
            with suppress(Exception):
                if conn.in_transaction:
                    conn.execute("rollback")
            of_the_file = isinstance(error, pysqlite3.DatabaseError) and not isinstance(
                error, pysqlite3.IntegrityError
            )
            future.set_exception(_as_trouble(error, self.path) if of_the_file else error)
        else:
            future.set_result(result)
            if conn.total_changes != before:
                self.changed()

    def _still_there(self, conn: Connection) -> None:
        """SQLite would go on in a file that has lost its name, and nobody would find it again."""
        with suppress(OSError):
            files, size = _look(self._watched)
            if files == self._files and size >= self._size:
                return
        with suppress(OSError):
            files, size = _look(self._watched[:1])
            if files == self._files[:1] and size >= self._size:
                _checkpoint(conn)  # what was confirmed until now may stand only in what has gone
        raise Trouble(
            N_("La base {path} a été déplacée ou remplacée : remettez-la et relancez la borne."),
            path=self.path,
        )

    def _fail_all(self, trouble: Trouble) -> None:
        while (job := self._jobs.get()) is not None:
            job[0].set_exception(trouble)

    def _connect(self, create: bool, update: bool) -> Connection:
        import pysqlite3

        if pysqlite3.sqlite_version_info < OLDEST_SQLITE:
            raise Trouble(
                N_(
                    "SQLite {found} peut abîmer la base : installez pysqlite3 (SQLite 3.51.3 ou plus récent)."
                ),
                found=pysqlite3.sqlite_version,
            )
        if not self.path.exists():
            if not create:
                raise Trouble(
                    N_("La base {path} n'existe pas : lancez d'abord « kiosk init »."), path=self.path
                )
            # Made empty with its mode first, so that no moment leaves it readable by others.
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        _know_plain_values()
        conn: Connection = pysqlite3.connect(
            str(self.path), isolation_level=None, check_same_thread=False, cached_statements=256
        )
        # The version first: a file of a newer program, or of another one, is left as it is, to the byte.
        try:
            current = self._is_current(conn)
            if not current:
                self._may_change(conn, create, update)
        except BaseException:
            conn.close()
            raise
        for pragma in _PRAGMAS:
            _patiently(partial(conn.execute, f"pragma {pragma}"))
        if not current:
            self._bring_up_to_date(conn)
        self._files, self._size = _look(self._watched)
        return conn

    def _is_current(self, conn: Connection) -> bool:
        try:
            return bool(_patiently(partial(is_current, conn)))
        except NewerSchema as newer:
            raise Trouble(
                N_("La base vient d'une version plus récente ({found}) : mettez le programme à jour."),
                found=str(newer),
            ) from None

    def _may_change(self, conn: Connection, create: bool, update: bool) -> None:
        """Whether the tables may be made, or brought up to date."""
        found = _patiently(partial(version, conn))
        if found is None and not create:
            raise Trouble(
                N_(
                    "Le fichier {path} n'est pas la base d'une borne :"
                    " remettez la dernière sauvegarde, ou corrigez le réglage « database »."
                ),
                path=self.path,
            )
        if found is not None and not update:
            raise Trouble(
                N_(
                    "La base vient d'une version plus ancienne ({found}) :"
                    " ouvrez la borne pour la mettre à jour."
                ),
                found=found,
            )

    def _bring_up_to_date(self, conn: Connection) -> None:
        if version(conn) is not None:
            kept = self.path.with_name(f"{self.path.name}.before-{version(conn)}")
            draft = kept.with_name(kept.name + ".new")
            draft.unlink(missing_ok=True)
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            conn.execute("vacuum into ?", (str(draft),))
            draft.replace(kept)
        known = version(conn) is not None
        with self.engine(writing=True).begin() as connection:
            upgrade(connection)
            if known:
                # What the new version reads differently, it reads from the log.
                from models.projections import rebuild  # after the first paint

                rebuild(cast("Connection", connection.connection.driver_connection))
        self._engine = None

    # ---- reading

    def read(
        self, rule: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run a rule that only reads, on a thread and a connection of its own: no arrival waits for it."""
        return self._reader.submit(self._read, lambda conn: rule(conn, *args, **kwargs))

    def _read(self, rule: Callable[[Connection], T]) -> T:
        conn = self._reading
        if conn is None:
            import pysqlite3

            conn = pysqlite3.connect(str(self.path), isolation_level=None, check_same_thread=False)
            conn.execute("pragma busy_timeout = 10000")
            conn.execute("pragma query_only = on")
            self._reading = conn
        conn.execute("begin")  # one moment for all that the rule looks at
        try:
            return rule(conn)
        finally:
            conn.execute("rollback")

    def engine(self, *, writing: bool = False) -> Engine:
        """SQLAlchemy's engine on the same file, for everything that is not on the arrival path."""
        import pysqlite3
        from sqlalchemy import create_engine, event
        from sqlalchemy.pool import NullPool

        if self._engine is not None and not writing:
            return self._engine
        engine = create_engine(
            "sqlite://",
            module=pysqlite3,
            poolclass=NullPool,
            creator=lambda: pysqlite3.connect(str(self.path)),
        )

        @event.listens_for(engine, "connect")
        def _prepare(dbapi: Connection, _record: object) -> None:
            dbapi.isolation_level = None
            dbapi.execute("pragma busy_timeout = 10000")
            if not writing:
                dbapi.execute("pragma query_only = on")

        @event.listens_for(engine, "begin")
        def _begin(connection: AlchemyConnection) -> None:
            # Without this a schema change is not one transaction, and a crash leaves half of it.
            connection.exec_driver_sql("begin immediate" if writing else "begin")

        if not writing:
            self._engine = engine
        return engine

    def copy_in_memory(self) -> Connection:
        """A copy in memory, taken in one step: it may be rewritten, and nobody waits for it meanwhile."""
        import pysqlite3

        copy: Connection = pysqlite3.connect(":memory:", isolation_level=None)
        source = pysqlite3.connect(str(self.path), timeout=LOCK_WAIT)
        try:
            source.backup(copy)
        except pysqlite3.DatabaseError as error:
            raise _as_trouble(error, self.path) from None
        finally:
            source.close()
        return copy

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A reading SQLModel session; writes go through ``write``."""
        from sqlmodel import Session

        with Session(self.engine()) as session:
            yield session


def _know_plain_values() -> None:
    """Say what is bound for nothing and for yes and no: for what it does not know, the module asks the value
    itself each time, which costs more than the rest of a row."""
    import pysqlite3

    pysqlite3.register_adapter(type(None), lambda _: None)
    pysqlite3.register_adapter(bool, int)


def _patiently(attempt: Callable[[], Any]) -> Any:  # noqa: ANN401 (whatever the attempt gives)
    """Try until the lock is free, at short uneven intervals: SQLite's own handler sleeps up to 180 ms."""
    import pysqlite3

    until = time.monotonic() + LOCK_WAIT
    while True:
        try:
            return attempt()
        except pysqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        time.sleep(random.uniform(0.0002, 0.002))  # noqa: S311 (no secret)


def _look(paths: tuple[Path, ...]) -> tuple[tuple[tuple[int, int], ...], int]:
    """Device and inode of each file, and the size of the first."""
    found = [path.stat() for path in paths]
    return tuple((stat.st_dev, stat.st_ino) for stat in found), found[0].st_size


def _scrub(conn: Connection) -> bool:
    """Empty the WAL: outside of any transaction, and without waiting for a reader."""
    (busy, *_) = conn.execute("pragma wal_checkpoint(truncate)").fetchone()
    return not busy


def _checkpoint(conn: Connection) -> int:
    with suppress(Exception):
        conn.execute("pragma wal_checkpoint(passive)")
    return 0


def _as_trouble(error: BaseException, path: Path) -> Trouble:
    """The sentence for a failure of the database file."""
    text = str(error)
    if "full" in text or "disk I/O" in text:
        return Trouble(N_("Le disque est plein ou abîmé ({path}) : libérez de l'espace."), path=path)
    if isinstance(error, PermissionError) or "readonly" in text or "unable to open" in text:
        return Trouble(
            N_("La base {path} ne peut pas être ouverte en écriture : vérifiez le dossier et ses droits."),
            path=path,
        )
    if "not a database" in text or "malformed" in text:
        return Trouble(
            N_("Le fichier {path} est abîmé ou n'est pas une base : remettez la dernière sauvegarde."),
            path=path,
        )
    if "locked" in text:
        return Trouble(
            N_("La base {path} est occupée par un autre programme : fermez-le et recommencez."), path=path
        )
    return Trouble(
        N_("La base {path} ne s'ouvre pas ({kind}) : appelez le service technique."),
        path=path,
        kind=type(error).__name__,
    )
