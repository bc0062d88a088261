"""Identity is a layer: judgements on pairs (same, different, unsure), and clusters derived from them.

A judgement changes no article's graph. Clusters and canonical entities are computed from the judgements in force,
so taking one back restores what was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store import Store
from kg.terms import GRAPH, JUDGEMENTS_GRAPH, KG, PROV, RDF, XSD, local_name

__all__ = ["Judgement", "Verdict", "canonical_entities", "judge", "judgements", "take_back"]

Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided on a pair of entities; `left` < `right`."""

    left: str
    right: str
    verdict: Verdict
    who: str
    when: str  # ISO date and time

    @property
    def iri(self) -> str:
        """One node a pair: a later judgement on the pair takes the place of an earlier one."""
        return f"{GRAPH}judgements#{sha256(f'{self.left} {self.right}'.encode()).hexdigest()[:20]}"


def judge(store: Store, one: str, other: str, verdict: str, *, who: str, when: str) -> Judgement:
    """Record a judgement on two entity IRIs. Raises QueryError for one entity twice or an unknown verdict."""
    if one == other:
        raise QueryError(f"{local_name(one)} and itself need no judgement; name two entities")
    if verdict not in get_args(Verdict):
        raise QueryError(f"a judgement is one of {', '.join(get_args(Verdict))}, not {verdict!r}")
    left, right = sorted((one, other))
    judgement = Judgement(left, right, verdict, who, when)  # type: ignore[arg-type]
    store.replace_statements(judgement.iri, _quads(judgement), JUDGEMENTS_GRAPH)
    return judgement


def take_back(store: Store, one: str, other: str) -> bool:
    """Remove the judgement on a pair; False where there was none."""
    left, right = sorted((one, other))
    found = [j for j in judgements(store) if (j.left, j.right) == (left, right)]
    for judgement in found:
        store.replace_statements(judgement.iri, (), JUDGEMENTS_GRAPH)
    return bool(found)


def judgements(store: Store) -> list[Judgement]:
    """All judgements in force, sorted by pair."""
    query = f"""SELECT ?left ?right ?verdict ?who ?when {{ GRAPH <{JUDGEMENTS_GRAPH}> {{
        ?j a kg:Judgement ; kg:left ?left ; kg:right ?right ; kg:verdict ?verdict ;
           prov:wasAttributedTo ?who ; prov:generatedAtTime ?when }} }}"""
    return sorted(
        (Judgement(*row) for row in store.rows(query)),  # type: ignore[arg-type]
        key=lambda j: (j.left, j.right),
    )


def canonical_entities(judged: Iterable[Judgement]) -> Mapping[str, str]:
    """Entity IRI -> canonical IRI of its cluster, for entities that are not canonical themselves.

    Pairs judged same are joined in the order of the pairs, but never so that a pair judged different would fall
    into one cluster: a blanket transitive merge is refused, not guessed. The canonical entity of a cluster is a
    known one before one that no seed knows, then the least IRI.

    >>> pair = Judgement("e/firm.acme", "e/acme", "same", "ann", "2025-01-01")
    >>> canonical_entities([pair])
    {'e/firm.acme': 'e/acme'}
    """
    judged = sorted(judged, key=lambda j: (j.left, j.right))
    apart = [(j.left, j.right) for j in judged if j.verdict == "different"]
    cluster: dict[str, frozenset[str]] = {}
    for judgement in judged:
        if judgement.verdict != "same":
            continue
        left = cluster.get(judgement.left, frozenset({judgement.left}))
        right = cluster.get(judgement.right, frozenset({judgement.right}))
        joined = left | right
        if not any(a in joined and b in joined for a, b in apart):
            cluster.update(dict.fromkeys(joined, joined))
    canonical = {}
    for iri, members in sorted(cluster.items()):
        best = min(members, key=lambda m: ("." in local_name(m), m))
        if iri != best:
            canonical[iri] = best
    return canonical


def _quads(judgement: Judgement) -> list[ox.Quad]:
    node, graph = ox.NamedNode(judgement.iri), ox.NamedNode(JUDGEMENTS_GRAPH)
    return [
        ox.Quad(node, ox.NamedNode(predicate), value, graph)
        for predicate, value in (
            (RDF + "type", ox.NamedNode(KG + "Judgement")),
            (KG + "left", ox.NamedNode(judgement.left)),
            (KG + "right", ox.NamedNode(judgement.right)),
            (KG + "verdict", ox.Literal(judgement.verdict)),
            (PROV + "wasAttributedTo", ox.Literal(judgement.who)),
            (PROV + "generatedAtTime", ox.Literal(judgement.when, datatype=ox.NamedNode(XSD + "dateTime"))),
        )
    ]
