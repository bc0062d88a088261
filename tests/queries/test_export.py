import csv
import io
import re
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg.errors import QueryError
from kg.store import Store
from kg.terms import entity_iri
from queries.export import FORMATS, export_view
from queries.view import Filter, View
from tests.queries.world import TOLD, Told, fill

HOSTILE = 'a"; MATCH (n) DELETE n; //\\\x07<script>&]]>\u2028'


@pytest.fixture(scope="module")
def hostile() -> View:
    store = Store()
    fill(store, [Told(HOSTILE, "2025-01-01", HOSTILE, [("nvidia", "supplies", "humain", {})])])
    return View.load(store, filter=Filter.everything())


@pytest.mark.parametrize("format", FORMATS)
def test_equal_stores_give_equal_bytes(whole: View, format: str) -> None:
    with Store() as store:
        fill(store, TOLD)
        assert export_view(View.load(store, filter=Filter.everything()), format) == export_view(whole, format)


def test_graphml_is_read_back(whole: View) -> None:
    graph = nx.parse_graphml(export_view(whole, "graphml"), force_multigraph=True)
    assert graph.number_of_nodes() == len(whole.active)
    assert graph.number_of_edges() == len(whole.statements)
    assert graph.nodes[entity_iri("tsmc")] == {"label": "TSMC", "kind": "FIRM"}
    edges = [data for _, _, data in graph.edges(data=True) if data["relation"] == "dependsOn"]
    assert edges[0]["quote"] == "Desert: humain dependsOn energy."
    assert edges[0]["score"] == 0.95


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_xml_holds_whatever_a_title_holds(hostile: View, format: str) -> None:
    root = ElementTree.fromstring(export_view(hostile, format))
    assert "<script>" in "".join(root.itertext()) + "".join(v for e in root.iter() for v in e.attrib.values())


def test_gexf_has_every_statement(whole: View) -> None:
    root = ElementTree.fromstring(export_view(whole, "gexf"))
    assert sum(element.tag.endswith("}edge") for element in root.iter()) == len(whole.statements)
    assert "lastmodifieddate" not in export_view(whole, "gexf")


def test_csv_has_a_line_for_each_statement(whole: View, hostile: View) -> None:
    rows = list(csv.DictReader(io.StringIO(export_view(whole, "csv"))))
    assert [row["claim"] for row in rows] == [s.key for s in whole.statements]
    assert {row["subject_name"] for row in rows if row["relation"] == "dependsOn"} == {"Humain"}
    (article,) = (r for r in csv.DictReader(io.StringIO(export_view(hostile, "csv"))) if r["curated"] == "False")
    assert article["title"] == HOSTILE


def test_cypher_keeps_text_in_its_quotes(hostile: View) -> None:
    lines = export_view(hostile, "cypher").splitlines()
    assert all(line.endswith(";") for line in lines)
    strings = re.compile(r'"(?:[^"\\]|\\.)*"')
    assert not any("DELETE" in strings.sub("", line) for line in lines)
    assert sum("MERGE (s)-[r:`supplies`" in line for line in lines) == 1


def test_an_unknown_format_is_refused(whole: View) -> None:
    with pytest.raises(QueryError, match="no format is called 'dot'; there are graphml, gexf, csv, cypher"):
        export_view(whole, "dot")
