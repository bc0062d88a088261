"""The known entities and the facts that people state of them: one CSV table a class.

Every table begins with the columns `id,name,aliases`; several values in one cell are parted by ` | `, and an alias
marked `~` is weak. What further columns state (a home, a parent, an operator) becomes curated facts, kept apart
from what articles say. All faults of all tables are reported at once.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from kg.errors import SeedError
from kg.names import slug
from kg.terms import SKOS, entity_iri, relation_iri
from kg.types import CuratedFact, Entity

__all__ = ["DEFAULT_SEEDS", "MEMBERSHIPS", "TABLES", "Link", "Seeds", "Table", "load_seeds"]

DEFAULT_SEEDS: Final = Path(__file__).parent.parent / "corpus" / "seeds"
BROADER = SKOS + "broader"
_DATED = ("as_of", "source")


@dataclass(frozen=True, slots=True)
class Link:
    """A column that names another entity, and the fact it states."""

    column: str
    relation: str  # relation IRI
    inverse: bool = False  # the named entity is the subject
    dated: bool = False  # the row's `since` and `until` bound it
    own: str = "id"  # the column that names the row's own entity


@dataclass(frozen=True, slots=True)
class Table:
    """What one table holds."""

    stem: str
    label: str
    columns: tuple[str, ...]  # after the first ones
    links: tuple[Link, ...] = ()
    first_columns: tuple[str, ...] = ("id", "name", "aliases")

    @property
    def file(self) -> str:
        """Name of the file."""
        return f"{self.stem}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        """All columns, in order."""
        return (*self.first_columns, *self.columns)


def _link(column: str, relation: str, *, inverse: bool = False, dated: bool = False) -> Link:
    return Link(column, BROADER if relation == "broader" else relation_iri(relation), inverse, dated)


TABLES = (
    Table("countries", "COUNTRY", ("alpha2", "alpha3", "adjectives", "demonyms", "capital", "metonyms")),
    Table(
        "places", "PLACE", ("country", "within", "kind"), (_link("country", "locatedIn"), _link("within", "locatedIn"))
    ),
    Table(
        "alliances",
        "ALLIANCE",
        ("kind", "headquarters", "founded", "ended", *_DATED),
        (_link("headquarters", "headquarteredIn"),),
    ),
    Table(
        "firms",
        "FIRM",
        ("home", "kind", "parent", "city", *_DATED),
        (
            _link("home", "headquarteredIn"),
            _link("city", "headquarteredIn"),
            _link("parent", "owns", inverse=True),
        ),
    ),
    Table("governments", "GOVERNMENT", ("country", "of", "kind", *_DATED), (_link("country", "locatedIn"),)),
    Table(
        "institutes",
        "INSTITUTE",
        ("country", "city", "kind", *_DATED),
        (_link("country", "headquarteredIn"), _link("city", "locatedIn")),
    ),
    Table(
        "persons",
        "PERSON",
        ("office", "heads", "since", "until", "country", *_DATED),
        (_link("heads", "heads", dated=True),),
    ),
    Table(
        "policies",
        "POLICY",
        ("kind", "issuer", "adopted", "ended", "broader", *_DATED),
        (_link("issuer", "adopts", inverse=True), _link("broader", "broader")),
    ),
    Table(
        "facilities",
        "FACILITY",
        ("kind", "country", "place", "operator", "owner", "status", "broader", *_DATED),
        (
            _link("country", "locatedIn"),
            _link("place", "locatedIn"),
            _link("operator", "operates", inverse=True),
            _link("owner", "owns", inverse=True),
            _link("broader", "broader"),
        ),
    ),
    Table(
        "resources",
        "RESOURCE",
        ("broader", "developer", *_DATED),
        (_link("broader", "broader"), _link("developer", "develops", inverse=True)),
    ),
    Table("sectors", "SECTOR", ("broader",), (_link("broader", "broader"),)),
    Table(
        "technologies",
        "TECHNOLOGY",
        ("broader", "developer"),
        (_link("broader", "broader"), _link("developer", "develops", inverse=True)),
    ),
    Table(
        "models",
        "MODEL",
        ("developer", "broader", "released", *_DATED),
        (_link("developer", "develops", inverse=True), _link("broader", "broader")),
    ),
    Table("risks", "RISK", ("broader",), (_link("broader", "broader"),)),
    Table("goals", "GOAL", ("broader",), (_link("broader", "broader"),)),
)
# Holds facts alone: its members and alliances stand in the other tables.
MEMBERSHIPS = Table(
    "memberships",
    "",
    ("since", "until", *_DATED),
    (Link("alliance", relation_iri("memberOf"), dated=True, own="member"),),
    first_columns=("member", "alliance"),
)
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_DATE_COLUMNS = frozenset({"as_of", "since", "until", "adopted", "ended", "released", "founded"})


@dataclass(frozen=True, slots=True)
class Seeds:
    """All tables, read and checked."""

    entities: tuple[Entity, ...]  # by IRI
    facts: tuple[CuratedFact, ...]  # in the order of the tables
    digest: str  # `sha256:` and the digest of the tables' bytes: changes when any table does


@dataclass(frozen=True, slots=True)
class _Row:
    where: str  # file and line, for messages
    cells: dict[str, str]

    def values(self, column: str) -> tuple[str, ...]:
        return _split(self.cells[column])


def load_seeds(folder: Path) -> Seeds:
    """Read all tables of `folder`. Raises SeedError with one line for every fault in any of them."""
    faults: list[str] = []
    digest = sha256()
    tables: list[tuple[Table, list[_Row]]] = []
    for table in (*TABLES, MEMBERSHIPS):
        data = _read_bytes(folder / table.file, faults)
        digest.update(table.file.encode() + b"\0" + data + b"\0")
        tables.append((table, list(_read_rows(table, data, faults))))
    faults += _check_names([row for table, rows in tables if table is not MEMBERSHIPS for row in rows])
    faults += _check_dates(tables)
    known = {row.cells["id"] for table, rows in tables if table is not MEMBERSHIPS for row in rows}
    facts = tuple(fact for table, rows in tables for row in rows for fact in _facts_of(table, row, known, faults))
    if faults:
        raise SeedError("\n".join(faults))
    entities = [_entity_of(table, row) for table, rows in tables if table is not MEMBERSHIPS for row in rows]
    return Seeds(tuple(sorted(entities, key=lambda entity: entity.iri)), facts, "sha256:" + digest.hexdigest())


def _split(cell: str) -> tuple[str, ...]:
    return tuple(value for part in cell.split("|") if (value := part.strip()))


def _read_bytes(path: Path, faults: list[str]) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        faults.append(f"{path.name}: cannot be read ({error.strerror or error}); put the table there")
        return b""


def _read_rows(table: Table, data: bytes, faults: list[str]) -> Iterator[_Row]:
    if not data:
        return
    try:
        lines = data.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError as error:
        faults.append(f"{table.file}: not UTF-8 at byte {error.start}; save it as UTF-8")
        return
    reader = csv.reader(lines, strict=True)
    try:
        header = tuple(next(reader, ()))
        if header != table.header:
            faults.append(f"{table.file}:1: header is {','.join(header)!r}, must be {','.join(table.header)!r}")
            return
        for cells in reader:
            where = f"{table.file}:{reader.line_num}"
            if len(cells) != len(header):
                faults.append(f"{where}: {len(cells)} cells, must be {len(header)}; quote a cell that holds a comma")
                continue
            yield _Row(where, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
    except csv.Error as error:
        faults.append(f"{table.file}:{reader.line_num}: {error}")


def _check_names(rows: list[_Row]) -> Iterator[str]:
    """Ids are unique over all tables, and the slug of the name (a class suffix allowed)."""
    first_use: dict[str, str] = {}
    for row in rows:
        name, local = row.cells["name"], row.cells["id"]
        if not name:
            yield f"{row.where}: the name is empty"
        if local != slug(local) or not local.startswith(slug(name)):
            yield f"{row.where}: id {local!r} is not the slug of the name, {slug(name)!r}"
        if local in first_use:
            yield f"{row.where}: id {local!r} is taken at {first_use[local]}; add a class suffix to one of them"
        first_use.setdefault(local, row.where)
        for alias, times in Counter(row.values("aliases")).items():
            if times > 1:
                yield f"{row.where}: alias {alias!r} stands there {times} times"
            if alias.removeprefix("~").strip() == name:
                yield f"{row.where}: alias {alias!r} is the name itself; leave it out"


def _check_dates(tables: list[tuple[Table, list[_Row]]]) -> Iterator[str]:
    for table, rows in tables:
        columns = [column for column in table.header if column in _DATE_COLUMNS]
        for row in rows:
            for column in columns:
                value = row.cells[column]
                if value and not _DATE.fullmatch(value):
                    yield f"{row.where}: {column} is {value!r}, must be YYYY, YYYY-MM or YYYY-MM-DD"


def _entity_of(table: Table, row: _Row) -> Entity:
    aliases = row.values("aliases")
    facts = {link.column for link in table.links}
    return Entity(
        iri=entity_iri(row.cells["id"]),
        name=row.cells["name"],
        label=table.label,
        aliases=tuple(alias for alias in aliases if not alias.startswith("~")),
        weak_aliases=tuple(alias[1:].strip() for alias in aliases if alias.startswith("~")),
        properties=tuple((c, value) for c in table.columns if c not in facts for value in row.values(c)),
    )


def _facts_of(table: Table, row: _Row, known: set[str], faults: list[str]) -> Iterator[CuratedFact]:
    for link in table.links:
        own = row.cells[link.own]
        for other in row.values(link.column):
            unknown = [local for local in (own, other) if local not in known]
            if unknown:
                faults.append(f"{row.where}: {link.column}: no table has the id {unknown[0]!r}")
                continue
            subject, object_ = (other, own) if link.inverse else (own, other)
            yield CuratedFact(
                subject=entity_iri(subject),
                relation=link.relation,
                object=entity_iri(object_),
                table=table.stem,
                as_of=row.cells.get("as_of", ""),
                source=row.cells.get("source", ""),
                since=row.cells["since"] if link.dated else "",
                until=row.cells["until"] if link.dated else "",
            )
