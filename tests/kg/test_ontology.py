"""The ontology file and what it admits."""

from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.ontology import load_ontology

# Subject and object classes of a few relations, as the annotation guidelines state them.
CASES = [
    ("supplies", "FIRM", "COUNTRY", True),
    ("supplies", "FIRM", "RESOURCE", False),
    ("heads", "PERSON", "FIRM", True),
    ("heads", "FIRM", "PERSON", False),
    ("locatedIn", "FACILITY", "PLACE", True),
    ("exposedTo", "SECTOR", "RISK", True),
    ("influences", "MODEL", "GOAL", True),
    ("influences", "MONEY", "GOAL", False),
    ("unheard", "FIRM", "FIRM", False),
]


@pytest.mark.parametrize("relation, subject, object_, admitted", CASES)
def test_admits(relation: str, subject: str, object_: str, admitted: bool) -> None:
    assert load_ontology().admits(relation, subject, object_) is admitted


def test_it_has_the_classes_and_relations_of_the_guidelines() -> None:
    ontology = load_ontology()
    assert len(ontology.labels) == 18
    assert len(ontology.relations) == 25
    assert {name for name, r in ontology.relations.items() if r.symmetric} == {"partnersWith", "competesWith"}


@pytest.mark.parametrize(
    "relation, direction",
    [
        ("supplies", "object-on-subject"),
        ("manufactures", "object-on-subject"),
        ("dependsOn", "subject-on-object"),
        ("requires", "subject-on-object"),
        ("locatedIn", "subject-on-object"),
        ("partnersWith", None),
    ],
)
def test_which_way_dependence_runs(relation: str, direction: str | None) -> None:
    assert load_ontology().relations[relation].dependence == direction


PREFIXES = """@prefix kg: <https://w3id.org/aigeo/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
kg:Entity a owl:Class ; rdfs:label "entity" . kg:Value a owl:Class ; rdfs:label "value" .
kg:Dish a owl:Class ; rdfs:subClassOf kg:Entity ; rdfs:label "dish" .
"""
RELATION = 'kg:contains a kg:Relation ; rdfs:label "contains" ; kg:inverseLabel "is in" ; rdfs:comment "c" '


def test_another_ontology_is_read_by_the_same_rules(tmp_path: Path) -> None:
    path = tmp_path / "food.ttl"
    path.write_text(PREFIXES + RELATION + "; schema:domainIncludes kg:Dish ; schema:rangeIncludes kg:Entity .")
    ontology = load_ontology(path)
    assert ontology.admits("contains", "DISH", "DISH")
    assert ontology.labels == {"DISH", "VALUE"}


@pytest.mark.parametrize(
    "turtle, fault",
    [
        ("kg:x a ", "cannot be read as Turtle"),
        ("", "declares no kg:Relation"),
        (RELATION + ".", "contains needs domainIncludes"),
        (RELATION + "; schema:domainIncludes kg:Car ; schema:rangeIncludes kg:Dish .", "kg:Car|ontology#Car"),
        (
            RELATION + "; schema:domainIncludes kg:Dish ; schema:rangeIncludes kg:Dish ; kg:dependencyRuns kg:Up .",
            "unknown dependencyRuns",
        ),
        (
            RELATION + "; schema:domainIncludes kg:Dish ; schema:rangeIncludes kg:Dish ; "
            "kg:dependencyRuns kg:SubjectOnObject ; kg:dependencyWeight 2.0 .",
            "outside",
        ),
    ],
)
def test_a_faulty_file_is_named_with_its_fault(tmp_path: Path, turtle: str, fault: str) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text((PREFIXES if turtle else "") + turtle)
    with pytest.raises(OntologyError, match=fault):
        load_ontology(path)


def test_a_missing_file_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"none\.ttl"):
        load_ontology(tmp_path / "none.ttl")


def test_an_unknown_relation_is_answered_with_the_known_ones() -> None:
    with pytest.raises(OntologyError, match=r"'sells'.*supplies"):
        load_ontology().require("sells")
