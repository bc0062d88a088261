"""Namespaces and IRIs: the only place where an IRI is spelled."""

from typing import Final

__all__ = [
    "ACTORS",
    "ARTICLE",
    "CLAIM",
    "CLASS_TO_LABEL",
    "CURATED",
    "DEFAULT_PREFIXES",
    "ENTITIES_GRAPH",
    "ENTITY",
    "JUDGEMENTS_GRAPH",
    "KG",
    "LABEL_TO_CLASS",
    "LITERAL_LABELS",
    "NEAR_COPIES_GRAPH",
    "POLARITIES",
    "STATE_GRAPH",
    "STATUSES",
    "class_iri",
    "compact",
    "entity_iri",
    "label_of",
    "local_name",
    "relation_iri",
]

BASE: Final = "https://w3id.org/aigeo/"
KG: Final = BASE + "ontology#"
ENTITY: Final = BASE + "entity/"
ARTICLE: Final = BASE + "article/"
CLAIM: Final = BASE + "claim/"
GRAPH: Final = BASE + "graph/"

SCHEMA: Final = "https://schema.org/"
PROV: Final = "http://www.w3.org/ns/prov#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
ORG: Final = "http://www.w3.org/ns/org#"
DCT: Final = "http://purl.org/dc/terms/"

# Who is who: seeds. Facts that a person states lie in one graph a table, below CURATED.
ENTITIES_GRAPH: Final = GRAPH + "entities"
CURATED: Final = GRAPH + "curated/"
JUDGEMENTS_GRAPH: Final = GRAPH + "judgements"
# Derived from all articles together and rebuilt after each run, so that no article's graph has to change.
NEAR_COPIES_GRAPH: Final = GRAPH + "near-copies"
# What depends on the machine and the moment (paths, retrieval times, signatures): never part of the canonical export.
STATE_GRAPH: Final = GRAPH + "state"

DEFAULT_PREFIXES: Final = {
    "kg": KG,
    "entity": ENTITY,
    "article": ARTICLE,
    "claim": CLAIM,
    "graph": GRAPH,
    "curated": CURATED,
    "schema": SCHEMA,
    "prov": PROV,
    "skos": SKOS,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "org": ORG,
    "dct": DCT,
}

LABEL_TO_CLASS: Final = {
    label: KG + label.capitalize()
    for label in (
        "COUNTRY",
        "ALLIANCE",
        "GOVERNMENT",
        "FIRM",
        "INSTITUTE",
        "FACILITY",
        "SECTOR",
        "RESOURCE",
        "MODEL",
        "TECHNOLOGY",
        "POLICY",
        "PERSON",
        "PLACE",
        "RISK",
        "GOAL",
        "MONEY",
        "DATE",
        "QUANTITY",
    )
}
CLASS_TO_LABEL: Final = {iri: label for label, iri in LABEL_TO_CLASS.items()}
ACTORS: Final = frozenset({"COUNTRY", "ALLIANCE", "GOVERNMENT", "FIRM", "INSTITUTE", "PERSON"})
# Classes whose mentions are values (amounts, dates), never entities of the graph.
LITERAL_LABELS: Final = frozenset({"MONEY", "DATE", "QUANTITY"})
STATUSES: Final = ("actual", "planned", "ended")
POLARITIES: Final = ("affirmed", "negated")


def entity_iri(local: str) -> str:
    """IRI of the entity with the local name `local` (`tsmc`, or `firm.acme-chips` for one that no seed knows)."""
    return ENTITY + local


def relation_iri(name: str) -> str:
    """IRI of a relation from its name in the ontology, e.g. `supplies`."""
    return KG + name


def class_iri(label: str) -> str:
    """IRI of the class with the annotation label `label`, e.g. `FIRM`; KeyError for another word."""
    return LABEL_TO_CLASS[label]


def label_of(iri: str) -> str:
    """Annotation label of a class IRI; KeyError for another IRI."""
    return CLASS_TO_LABEL[iri]


def local_name(iri: str) -> str:
    """What follows the last `#` or `/`.

    >>> local_name("https://w3id.org/aigeo/entity/tsmc")
    'tsmc'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def compact(iri: str) -> str:
    """Shorten an IRI with the default prefixes; an IRI outside them comes back in angle brackets.

    >>> compact("https://w3id.org/aigeo/ontology#supplies")
    'kg:supplies'
    """
    best = max(
        ((p, ns) for p, ns in DEFAULT_PREFIXES.items() if iri.startswith(ns)), key=lambda x: len(x[1]), default=None
    )
    return f"<{iri}>" if best is None else f"{best[0]}:{iri[len(best[1]) :]}"
