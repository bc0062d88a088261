"""The one door to the graph: open a store, write one article's graph whole, ask it, take its quads out.

An embedded store is a folder: `quads/` (pyoxigraph's files), `lock` (who may open it: any number of readers,
or one writer) and `holder.json` (who writes, for the message that others get).
"""

import contextlib
import fcntl
import json
import os
import re
import shlex
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from traceback import clear_frames
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self, TypeVar

import pyoxigraph as ox

from kg.errors import QueryError, QueryTimeoutError, StoreError, StoreLockedError
from kg.terms import DEFAULT_PREFIXES, STATE_GRAPH

if TYPE_CHECKING:
    from rdflib import Dataset

__all__ = ["DEFAULT_TIMEOUT", "LOCK_PATIENCE", "QueryOutcome", "Store", "within"]

# What a query gives: solutions (SELECT), a truth value (ASK) or triples (CONSTRUCT, DESCRIBE). The first and the last
# are evaluated while they are read.
QueryOutcome = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

DEFAULT_TIMEOUT = 60.0  # seconds
# How long a writer waits for readers, which are short-lived, and a reader for a writer.
LOCK_PATIENCE = 3.0  # seconds


class Store:
    """An RDF dataset with one named graph an article.

    Parameters
    ----------
    path : Path, optional
        Folder of the store; in memory where it is left out.
    read_only : bool
        Many processes may read at a time; one that writes holds the store alone. A folder that does not exist
        cannot be opened for reading.

    Raises
    ------
    StoreLockedError
        Another process holds the store; the message says which.
    StoreError
        The folder is missing, is no store or cannot be read.
    """

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._lock: IO[str] | None = None
        self._written = False
        if path is None:
            self._quads = ox.Store()
            return
        if read_only and not (path / "quads").is_dir():
            raise StoreError(f"there is no store at {path}; make one with: kg ingest SOURCE... --store {path}")
        try:
            if not read_only:
                path.mkdir(parents=True, exist_ok=True)
            self._lock = _acquire(path, shared=read_only)
            quads = str(path / "quads")
            self._quads = ox.Store.read_only(quads) if read_only else ox.Store(quads)
        except (OSError, RuntimeError) as error:
            self.close()
            reason = error.strerror if isinstance(error, OSError) and error.strerror else error
            raise StoreError(f"the store at {path} cannot be opened: {reason}; name another with --store") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the folder. Closing twice is harmless."""
        # pyoxigraph closes its files when the last reference goes.
        if hasattr(self, "_quads"):
            del self._quads
            if self._written and self.path is not None:
                # What was written lies in a log that every reader would have to replay; opening anew sorts it into
                # files. `flush` would too, but hangs after many commits the size of an article. An rdflib dataset
                # that is still in use keeps the files open: then the next writer does it.
                with contextlib.suppress(OSError):
                    ox.Store(str(self.path / "quads"))
        if self._lock is not None:
            if self.path is not None and not self.read_only:
                (self.path / "holder.json").unlink(missing_ok=True)
            self._lock.close()
            self._lock = None

    # Writing

    def transact(
        self,
        *,
        graphs: Mapping[str, Iterable[ox.Quad]] | None = None,
        statements: Iterable[tuple[str, str, Iterable[ox.Quad]]] = (),
        drop: Iterable[str] = (),
    ) -> None:
        """Several changes in one transaction: all or nothing, whatever happens to the process.

        Parameters
        ----------
        graphs : mapping
            Name of a named graph -> quads, all of it, that take the place of what it holds.
        statements : iterable
            (subject, graph, quads): `quads`, all in that graph, take the place of what it says of the subject.
        drop : iterable
            Named graphs to remove.
        """
        deletions, added = [], []
        for name, found in (graphs or {}).items():
            quads = list(found)
            graph = ox.NamedNode(name)
            if any(quad.graph_name != graph for quad in quads):
                raise ValueError(f"a quad lies outside the graph {name}")
            if self._quads.contains_named_graph(graph):
                deletions.append(f"DROP SILENT GRAPH {graph}")
            added += quads
        for subject, name, found in statements:
            node, graph = ox.NamedNode(subject), ox.NamedNode(name)
            if next(self._quads.quads_for_pattern(node, None, None, graph), None) is not None:
                deletions.append(f"DELETE WHERE {{ GRAPH {graph} {{ {node} ?p ?o }} }}")
            added += found
        deletions += [f"DROP SILENT GRAPH {ox.NamedNode(name)}" for name in drop]
        self._written = True
        if not deletions:
            self._quads.extend(added)
            return
        triples = "\n".join(f"GRAPH {quad.graph_name} {{ {quad.triple} }}" for quad in added)
        self._quads.update(" ;\n".join([*deletions, f"INSERT DATA {{\n{triples}\n}}"]))

    def replace_graph(self, name: str, quads: Iterable[ox.Quad]) -> None:
        """Put `quads`, all of the named graph `name`, in place of what that graph holds: all or nothing."""
        self.transact(graphs={name: quads})

    def replace_statements(self, subject: str, quads: Iterable[ox.Quad], graph: str) -> None:
        """Put `quads` in place of what the named graph `graph` says of `subject`: all or nothing."""
        self.transact(statements=[(subject, graph, quads)])

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads, all or nothing."""
        self._written = True
        self._quads.extend(quads)

    def bulk_add(self, quads: Iterable[ox.Quad]) -> None:
        """Add very many quads quickly; not atomic, so only into a store that can be made anew."""
        self._written = True
        self._quads.bulk_extend(quads)

    def update(self, update: str) -> None:
        """Run a SPARQL update in one transaction. Raises QueryError where it is malformed."""
        self._written = True
        try:
            self._quads.update(update, prefixes=DEFAULT_PREFIXES)
        except SyntaxError as error:
            raise QueryError(f"malformed update: {_where(update, error)}") from error
        except (RuntimeError, OSError) as error:
            raise StoreError(f"the update failed: {error}") from error

    def load(self, data: bytes | IO[bytes], format: ox.RdfFormat, *, to_graph: str | None = None) -> None:
        """Add the quads of a serialised dataset, atomically. Raises StoreError naming line and column of a fault."""
        graph = None if to_graph is None else ox.NamedNode(to_graph)
        self._written = True
        try:
            self._quads.load(data, format=format, to_graph=graph)
        except (SyntaxError, ValueError, OSError) as error:
            raise StoreError(f"cannot be read as {format.name}: {error}") from error

    # Reading

    def query(self, query: str) -> QueryOutcome:
        """Ask in SPARQL 1.1 over the union of all graphs; the prefixes of `kg.terms` are known.

        The union counts a triple said by three articles three times: write `COUNT(DISTINCT ...)`. Bound the time of
        a query that is not ours with `within`. Raises QueryError where the query is malformed or calls SERVICE.
        """
        _refuse_service(query)
        try:
            return self._quads.query(query, prefixes=DEFAULT_PREFIXES, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError(f"malformed query: {_where(query, error)}") from error
        except (RuntimeError, ValueError, OSError) as error:
            raise QueryError(f"the query failed: {error}") from error

    def rows(self, query: str) -> Iterator[tuple[str | None, ...]]:
        """The solutions of a SELECT query as the plain values of their terms; None where unbound."""
        outcome = self.query(query)
        if not isinstance(outcome, ox.QuerySolutions):
            raise QueryError("the query is no SELECT")
        for solution in outcome:
            yield tuple(None if term is None else term.value for term in solution)

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """All quads, or those of one named graph, in no particular order."""
        return self._quads.quads_for_pattern(None, None, None, None if graph is None else ox.NamedNode(graph))

    def graphs(self) -> list[str]:
        """IRIs of the named graphs, sorted."""
        return sorted(name.value for name in self._quads.named_graphs())

    def graphs_below(self, prefix: str) -> list[str]:
        """IRIs of the named graphs that begin with `prefix`, sorted: `terms.ARTICLE` gives the articles."""
        return [name for name in self.graphs() if name.startswith(prefix)]

    def has_graph(self, name: str) -> bool:
        """Whether the named graph holds anything."""
        return self._quads.contains_named_graph(ox.NamedNode(name))

    def canonical_quads(self) -> list[ox.Quad]:
        """All quads but those of the state graph, in one order: equal for equal corpora on every machine."""
        state = ox.NamedNode(STATE_GRAPH)
        return sorted((quad for quad in self.quads() if quad.graph_name != state), key=str)

    def version(self) -> str | None:
        """What changes whenever the store on disk does; None for one in memory."""
        if self.path is None:
            return None
        # Logs of the database itself tell nothing of the data, and opening a store renames them.
        files = (file for file in (self.path / "quads").iterdir() if file.suffix in (".log", ".sst"))
        seen = sorted((file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files)
        return sha256(repr(seen).encode()).hexdigest()

    def dataset(self) -> "Dataset":
        """The store as an rdflib Dataset, through oxrdflib. The two share quads: close neither while one reads."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        return Dataset(store=OxigraphStore(store=self._quads), default_union=True)

    def __len__(self) -> int:
        return len(self._quads)


_T = TypeVar("_T")


def within(seconds: float, work: Callable[[], _T]) -> _T:
    """Do `work` in a thread and give its result; QueryTimeoutError after `seconds`.

    The evaluation of a query cannot be stopped from outside: past its time it goes on unseen in a thread that
    dies with the process.
    """
    results: list[_T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - raised anew in the caller's thread
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise QueryTimeoutError(f"no answer within {seconds:g} s; narrow the query, or allow more with --timeout")
    if errors:
        # The frames hold what the other thread was reading, which must not outlive it here.
        clear_frames(errors[0].__traceback__)
        raise errors[0]
    return results[0]


# Strings, IRIs and comments, in which the word SERVICE means nothing; then the word itself, not as part of a name.
_NO_KEYWORDS = re.compile(
    r"""\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|\#[^\n]*""",
    re.DOTALL,
)
_SERVICE = re.compile(r"(?<![\w?$:@.-])SERVICE(?![\w:-])", re.IGNORECASE)


def _refuse_service(query: str) -> None:
    if _SERVICE.search(_NO_KEYWORDS.sub(" ", query)):
        raise QueryError("SERVICE would ask another host, and nothing leaves this machine; leave it out")


_PLACE = re.compile(r"error at (\d+):(\d+): expected")


def _where(query: str, error: SyntaxError) -> str:
    """What pyoxigraph says in one line: for a syntax error the place, without the grammar that it lists."""
    found = _PLACE.match(str(error))
    if found is None:
        return " ".join(str(error).split())
    line, column = int(found[1]), int(found[2])
    rest = query.splitlines()[line - 1][column - 1 :][:30] if line <= len(query.splitlines()) else ""
    return f"line {line}, column {column}, " + (f"at {rest!r}" if rest else "where the query ends too early")


def _acquire(path: Path, *, shared: bool) -> IO[str]:
    """An open, locked file in the store's folder; the lock goes with the file."""
    # A reader needs no right to write: a store may lie in a folder, or on a medium, that cannot be written.
    file = open(path / "lock", "r" if shared else "a", encoding="utf-8")  # noqa: SIM115 - it lives as long as the store
    deadline = time.monotonic() + LOCK_PATIENCE
    while True:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                file.close()
                raise StoreLockedError(_holder_sentence(path)) from None
            time.sleep(0.05)
        else:
            break
    if not shared:
        holder = {
            "pid": os.getpid(),
            "command": shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]]),
            "since": datetime.now().isoformat(timespec="seconds"),
        }
        (path / "holder.json").write_text(json.dumps(holder), encoding="utf-8")
    return file


def _holder_sentence(path: Path) -> str:
    try:
        holder = json.loads((path / "holder.json").read_text(encoding="utf-8"))
        who = f"`{holder['command']}` (process {holder['pid']}, since {holder['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        who = "another process that reads it"
    return f"the store at {path} is held by {who}; wait until it ends, stop it, or name another with --store"
