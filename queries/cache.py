"""Views kept on disk beside the store they were read from, so that the next command need not read them again.

A kept view is named after everything it depends on: the store's files as they are, the ontology and the filter. It
holds names and numbers as JSON, nothing that could run.
"""

import contextlib
import json
import os
from dataclasses import astuple
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from kg.ontology import Ontology
from kg.store import Store
from queries.filter import Filter
from queries.loader import Parts, read_parts
from queries.records import ArticleHead, EntityName, Statement

__all__ = ["cached_parts"]

# Changes whenever what is kept is laid out anew.
_LAYOUT: Final = "1"
# Filters are many; older views are forgotten.
_MOST_KEPT: Final = 12


def cached_parts(store: Store, ontology: Ontology, filter: Filter) -> Parts:
    """What `read_parts` gives, from disk where it is kept. Only a store open for reading is sure to stay as it is."""
    version = store.version() if store.read_only else None
    if store.path is None or version is None:
        return read_parts(store, ontology, filter)
    key = json.dumps([_LAYOUT, version, sorted(ontology.relations), astuple(filter)])
    file = store.path / "cache" / f"view-{sha256(key.encode()).hexdigest()[:20]}.json"
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        return _parts(json.loads(file.read_bytes()))
    parts = read_parts(store, ontology, filter)
    with contextlib.suppress(OSError):
        _keep(file, parts)
    return parts


def _keep(file: Path, parts: Parts) -> None:
    row = {
        "entities": [astuple(entity) for entity in parts.entities],
        "index": dict(parts.index),
        "articles": [astuple(article) for article in parts.articles],
        "statements": parts.statements,
        "broader": sorted(parts.broader.items()),
        "kinds": sorted(parts.kinds),
        "counts": [parts.claims_in_store, parts.facts_in_store, parts.undated_claims],
    }
    file.parent.mkdir(exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps(row, separators=(",", ":")), encoding="utf-8")
    part.replace(file)
    for old in sorted(file.parent.glob("view-*.json"), key=lambda path: path.stat().st_mtime_ns)[:-_MOST_KEPT]:
        old.unlink(missing_ok=True)


def _parts(row: dict[str, Any]) -> Parts:
    claims, facts, undated = row["counts"]
    return Parts(
        entities=tuple(EntityName(*values) for values in row["entities"]),
        index=row["index"],
        articles=tuple(ArticleHead(*values) for values in row["articles"]),
        statements=tuple(map(Statement._make, row["statements"])),
        broader={kind: tuple(parents) for kind, parents in row["broader"]},
        kinds=frozenset(row["kinds"]),
        claims_in_store=claims,
        facts_in_store=facts,
        undated_claims=undated,
    )
