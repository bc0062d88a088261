"""Whether a store keeps its promises: the SHACL shapes, run over all graphs."""

from dataclasses import dataclass
from pathlib import Path

from kg.ontology import DEFAULT_ONTOLOGY
from kg.store import Store
from kg.terms import STATE_GRAPH, compact

__all__ = ["DEFAULT_SHAPES", "Violation", "check"]

DEFAULT_SHAPES = Path(__file__).with_name("shapes.ttl")


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a shape."""

    node: str  # compact IRI
    path: str  # compact IRI of the property at fault; empty where the whole node is
    value: str
    message: str


def check(store: Store, *, shapes: Path = DEFAULT_SHAPES, ontology: Path = DEFAULT_ONTOLOGY) -> list[Violation]:
    """What in the store violates the shapes, sorted; empty where all is well.

    All graphs are read into memory as one, since a claim's entities lie in another graph than the claim.
    """
    import pyoxigraph as ox
    from pyshacl import validate
    from rdflib import RDF, Graph, Namespace

    state = ox.NamedNode(STATE_GRAPH)
    everything = (quad.triple for quad in store.quads() if quad.graph_name != state)
    triples = ox.serialize(everything, format=ox.RdfFormat.N_TRIPLES)
    # The shapes ask for the classes that a relation admits, so the ontology is part of what is checked.
    data = Graph().parse(data=triples, format="nt").parse(ontology)
    _, report, _ = validate(
        data,
        shacl_graph=Graph().parse(shapes),
        inference="none",
        advanced=False,
    )
    sh = Namespace("http://www.w3.org/ns/shacl#")
    return sorted(
        (
            Violation(
                node=compact(str(report.value(result, sh.focusNode))),
                path=compact(str(path)) if (path := report.value(result, sh.resultPath)) else "",
                value=str(report.value(result, sh.value) or ""),
                message=str(report.value(result, sh.resultMessage) or ""),
            )
            for result in report.subjects(RDF.type, sh.ValidationResult)
        ),
        key=lambda v: (v.node, v.path, v.message, v.value),
    )
