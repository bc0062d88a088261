"""The ontology as data: which classes and relations there are, and which claims they admit."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.terms import KG, OWL, RDF, RDFS, SCHEMA, local_name

__all__ = ["DEFAULT_ONTOLOGY", "Direction", "EntityClass", "Ontology", "Relation", "load_ontology"]

DEFAULT_ONTOLOGY = Path(__file__).with_name("ontology.ttl")

Direction = Literal["subject-on-object", "object-on-subject"]
_DIRECTIONS: Mapping[str, Direction] = {
    KG + "SubjectOnObject": "subject-on-object",
    KG + "ObjectOnSubject": "object-on-subject",
}
_SIGNS = {KG + "Positive": 1, KG + "Negative": -1}


@dataclass(frozen=True, slots=True)
class EntityClass:
    """A class whose members articles name (below kg:Entity) or whose values qualify claims (below kg:Value)."""

    iri: str
    name: str  # local name, e.g. Firm
    label: str  # in words, e.g. "government body"
    parents: frozenset[str]  # IRIs of the direct superclasses within the ontology

    @property
    def annotation_label(self) -> str:
        """The word that annotated text uses for it, e.g. FIRM."""
        return self.name.upper()


@dataclass(frozen=True, slots=True)
class Relation:
    """A kind of edge, with what its ends may be and what it means for dependence and alliance."""

    iri: str
    name: str
    label: str  # read from subject to object
    inverse_label: str  # read from object to subject
    comment: str
    subjects: frozenset[str]  # annotation labels of the leaf classes it admits
    objects: frozenset[str]
    symmetric: bool = False
    transitive: bool = False
    dependence: Direction | None = None
    weight: float = 0.0  # of one statement as a dependence, in [0, 1]; 0 where it states none
    tie: int = 0  # +1 binds, -1 sets against one another, 0 neither
    takes_concerns: bool = False


@dataclass(frozen=True)
class Ontology:
    """Classes and relations by name, in the order of their names."""

    classes: Mapping[str, EntityClass]
    relations: Mapping[str, Relation]

    def admits(self, relation: str, subject_label: str, object_label: str) -> bool:
        """Whether the relation takes these annotation labels as subject and object; False for an unknown relation."""
        known = self.relations.get(relation)
        return known is not None and subject_label in known.subjects and object_label in known.objects

    @cached_property
    def labels(self) -> frozenset[str]:
        """Annotation labels of all leaf classes."""
        above = {parent for c in self.classes.values() for parent in c.parents}
        return frozenset(c.annotation_label for c in self.classes.values() if c.iri not in above)

    def require(self, name: str) -> Relation:
        """The relation called `name`; OntologyError that lists the names there are, for another."""
        try:
            return self.relations[name]
        except KeyError:
            known = ", ".join(self.relations)
            raise OntologyError(f"no relation is called {name!r}; the ontology has: {known}") from None


def load_ontology(path: Path = DEFAULT_ONTOLOGY) -> Ontology:
    """Read and check an ontology file in Turtle. Raises OntologyError naming the file and the fault."""
    return _load(path)


@lru_cache(maxsize=8)
def _load(path: Path) -> Ontology:
    statements = _Statements(path)
    relation_iris = statements.subjects_of_type(KG + "Relation")
    if not relation_iris:
        raise OntologyError(f"{path}: declares no kg:Relation")
    everything = {
        iri: EntityClass(
            iri=iri,
            name=local_name(iri),
            label=statements.one(iri, RDFS + "label"),
            parents=frozenset(p for p in statements.all(iri, RDFS + "subClassOf") if statements.all(p, RDF + "type")),
        )
        for iri in statements.subjects_of_type(OWL + "Class")
    }
    # Classes below the two roots can be annotated; the others (claim, mention) describe the graph itself.
    classes = {iri: c for iri, c in everything.items() if _is_below(iri, {KG + "Entity", KG + "Value"}, everything)}
    relations = {local_name(iri): _relation(iri, statements, classes) for iri in relation_iris}
    return Ontology({c.name: c for c in classes.values()}, relations)


class _Statements:
    """The triples of one ontology file, with errors that name the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._values: dict[str, dict[str, list[str]]] = {}
        try:
            for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
                    found = self._values.setdefault(triple.subject.value, {})
                    found.setdefault(triple.predicate.value, []).append(triple.object.value)
        except (OSError, SyntaxError) as error:
            raise OntologyError(f"{path}: cannot be read as Turtle: {error}") from error

    def subjects_of_type(self, iri: str) -> list[str]:
        return sorted(s for s, found in self._values.items() if iri in found.get(RDF + "type", ()))

    def all(self, subject: str, predicate: str) -> list[str]:
        return self._values.get(subject, {}).get(predicate, [])

    def one(self, subject: str, predicate: str) -> str:
        found = self.all(subject, predicate)
        if len(found) != 1:
            raise self.fault(subject, f"needs one {local_name(predicate)}, has {len(found)}")
        return found[0]

    def fault(self, subject: str, message: str) -> OntologyError:
        return OntologyError(f"{self.path}: {local_name(subject)} {message}")


def _is_below(iri: str, roots: set[str], classes: Mapping[str, EntityClass]) -> bool:
    return iri in roots or any(p in classes and _is_below(p, roots, classes) for p in classes[iri].parents)


def _leaf_labels(iri: str, classes: Mapping[str, EntityClass]) -> frozenset[str]:
    """Annotation labels of the classes at or below `iri` that have none below them."""
    below = [c.iri for c in classes.values() if iri in c.parents]
    if not below:
        return frozenset({classes[iri].annotation_label})
    return frozenset().union(*(_leaf_labels(child, classes) for child in below))


def _relation(iri: str, statements: _Statements, classes: Mapping[str, EntityClass]) -> Relation:
    def admitted(predicate: str) -> frozenset[str]:
        ends = statements.all(iri, predicate)
        unknown = [end for end in ends if end not in classes]
        if not ends or unknown:
            raise statements.fault(iri, f"needs {local_name(predicate)} among the classes, has {unknown or 'none'}")
        return frozenset().union(*(_leaf_labels(end, classes) for end in ends))

    types = statements.all(iri, RDF + "type")
    runs = statements.all(iri, KG + "dependencyRuns")
    signs = statements.all(iri, KG + "tieSign")
    if any(r not in _DIRECTIONS for r in runs) or any(s not in _SIGNS for s in signs):
        raise statements.fault(iri, "has an unknown dependencyRuns or tieSign")
    weight = float(statements.one(iri, KG + "dependencyWeight")) if runs else 0.0
    if not 0.0 <= weight <= 1.0:
        raise statements.fault(iri, f"has dependencyWeight {weight}, outside [0, 1]")
    return Relation(
        iri=iri,
        name=local_name(iri),
        label=statements.one(iri, RDFS + "label"),
        inverse_label=statements.one(iri, KG + "inverseLabel"),
        comment=statements.one(iri, RDFS + "comment"),
        subjects=admitted(SCHEMA + "domainIncludes"),
        objects=admitted(SCHEMA + "rangeIncludes"),
        symmetric=OWL + "SymmetricProperty" in types,
        transitive=OWL + "TransitiveProperty" in types,
        dependence=_DIRECTIONS[runs[0]] if runs else None,
        weight=weight,
        tie=_SIGNS[signs[0]] if signs else 0,
        takes_concerns="true" in statements.all(iri, KG + "takesConcerns"),
    )
