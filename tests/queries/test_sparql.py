import csv
import io
import json
import time
from xml.etree import ElementTree

import pytest

from kg.errors import QueryError, QueryTimeoutError
from kg.store import Store
from queries.sparql import FORMATS, run

SELECT = "SELECT ?name { ?e a kg:Alliance ; skos:prefLabel ?name } ORDER BY ?name"
CONSTRUCT = "CONSTRUCT { entity:nvidia skos:prefLabel ?n } WHERE { entity:nvidia skos:prefLabel ?n }"
ASK = "ASK { entity:tsmc a kg:Firm }"


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("dependences", [["Humain", "energy", "", "Desert: humain dependsOn energy.", "2025-06-01"]]),
        ("single-suppliers", [["Humain", "H100", "Nvidia", "3"], ["Nvidia", "GPU", "TSMC", "1"]]),
        ("ended", []),
    ],
)
def test_named_queries_by_hand(world: Store, name: str, rows: list[list[str]]) -> None:
    assert list(csv.reader(io.StringIO(run(world, name, format="csv"))))[1:] == rows


def test_disagreements_by_hand(world: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(run(world, "disagreements", format="csv"))))
    assert len(rows) == 3
    assert {row["denies"] for row in rows} == {"Rumour: nvidia supplies humain."}


def test_a_table(world: Store) -> None:
    assert run(world, SELECT) == "name\n──────────────\nEuropean Union\nNATO\n2 rows\n"
    assert run(world, "SELECT ?e ?n { ?e a kg:Firm BIND(1 AS ?n) } ORDER BY ?e LIMIT 1") == (
        "e            n\n───────────  ─\nentity:asml  1\n1 row\n"
    )


def test_solutions_in_every_format(world: Store) -> None:
    assert run(world, SELECT, format="csv").split() == ["name", "European", "Union", "NATO"]
    assert run(world, SELECT, format="tsv").splitlines()[2] == '"NATO"'
    assert json.loads(run(world, SELECT, format="json"))["results"]["bindings"][1]["name"]["value"] == "NATO"
    assert ElementTree.fromstring(run(world, SELECT, format="xml")).tag.endswith("}sparql")
    with pytest.raises(QueryError, match="cannot be written as turtle; there are table, csv, tsv, json, xml"):
        run(world, SELECT, format="turtle")


def test_a_truth_value_in_every_format(world: Store) -> None:
    assert run(world, ASK) == "true\n"
    assert json.loads(run(world, ASK, format="json"))["boolean"] is True
    assert run(world, "ASK { entity:tsmc a kg:Country }", format="csv") == "false\n"


def test_triples_in_every_format(world: Store) -> None:
    assert 'entity:nvidia skos:prefLabel "Nvidia"' in run(world, CONSTRUCT)
    assert run(world, CONSTRUCT, format="ntriples").endswith('"Nvidia" .\n')
    assert "Nvidia" in run(world, CONSTRUCT, format="json")
    assert "Nvidia" in run(world, CONSTRUCT, format="xml")
    assert run(world, CONSTRUCT, format="table").endswith("entity:nvidia  skos:prefLabel  Nvidia\n1 row\n")
    assert "Nvidia" in run(world, "DESCRIBE entity:nvidia")
    with pytest.raises(QueryError, match="triples cannot be written as csv"):
        run(world, CONSTRUCT, format="csv")
    assert set(FORMATS) == {"table", "csv", "tsv", "json", "xml", "turtle", "ntriples"}


@pytest.mark.parametrize("query", ["SELECT ?x {", "no-such-query", "", "INSERT DATA { entity:a kg:b 1 }"])
def test_what_is_no_query_is_refused(world: Store, query: str) -> None:
    with pytest.raises(QueryError, match="malformed query"):
        run(world, query)


def test_no_other_host_is_asked(world: Store) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        run(world, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


def test_a_query_without_end_is_given_up(world: Store) -> None:
    product = "?a ?b ?c . ?d ?e ?f"  # some 250,000 rows, so that the thread that is left behind ends soon
    began = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"no answer within 0\.01 s"):
        run(world, f"SELECT (COUNT(*) AS ?n) {{ {product} FILTER(CONTAINS(STR(?c), STR(?f))) }}", timeout=0.01)
    assert time.monotonic() - began < 5


def test_values_cannot_steer_the_terminal(world: Store) -> None:
    assert "\x1b" not in run(world, 'SELECT ("\\u001b[2J" AS ?x) {}')
