"""One contract, in memory and on disk."""

import json
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg.store
from kg.errors import QueryError, QueryTimeoutError, StoreError, StoreLockedError
from kg.store import Store, within
from kg.terms import STATE_GRAPH

G, H = "https://example.org/g", "https://example.org/h"


def quad(n: int, graph: str = G) -> ox.Quad:
    return ox.Quad(
        ox.NamedNode(f"https://example.org/{n}"),
        ox.NamedNode("https://example.org/p"),
        ox.Literal(str(n)),
        ox.NamedNode(graph),
    )


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with Store(None if request.param == "memory" else tmp_path / "store") as opened:
        yield opened


def test_replacing_a_graph_leaves_nothing_of_the_old_and_nothing_else_touched(store: Store) -> None:
    store.replace_graph(G, [quad(1), quad(2)])
    store.replace_graph(H, [quad(1, H)])
    store.replace_graph(G, [quad(3)])
    assert list(store.quads(G)) == [quad(3)]
    assert list(store.quads(H)) == [quad(1, H)]


def test_a_quad_of_another_graph_is_refused_and_changes_nothing(store: Store) -> None:
    store.replace_graph(G, [quad(1)])
    with pytest.raises(ValueError, match="outside the graph"):
        store.replace_graph(G, [quad(2), quad(3, H)])
    assert list(store.quads(G)) == [quad(1)]


def test_a_transaction_replaces_restates_and_drops_together(store: Store) -> None:
    store.add([quad(1), quad(2), quad(1, H)])
    store.transact(
        graphs={G: [quad(3)]},
        statements=[("https://example.org/1", H, [quad(4, H)])],
        drop=["https://example.org/none"],
    )
    assert (list(store.quads(G)), list(store.quads(H))) == ([quad(3)], [quad(4, H)])
    store.transact(drop=[G, H])
    assert len(store) == 0


def test_a_transaction_that_fails_changes_nothing(store: Store) -> None:
    store.add([quad(1)])
    with pytest.raises(ValueError, match="outside the graph"):
        store.transact(graphs={H: [quad(2, H)], G: [quad(3, H)]})
    assert list(store.quads()) == [quad(1)]


def test_hostile_literals_are_data(store: Store) -> None:
    text = 'a " } } ; DROP ALL ; \\ \n <script> \U0001f600'
    hostile = ox.Quad(ox.NamedNode(G), ox.NamedNode("https://example.org/p"), ox.Literal(text), ox.NamedNode(G))
    for _ in range(2):
        store.replace_graph(G, [hostile])
    assert list(store.quads(G)) == [hostile]


def test_statements_of_one_subject_are_replaced_alone(store: Store) -> None:
    store.replace_graph(G, [quad(1), quad(2)])
    store.replace_statements("https://example.org/1", [], G)
    assert list(store.quads(G)) == [quad(2)]


def test_the_canonical_order_does_not_depend_on_the_order_of_writing_and_leaves_the_state_out(store: Store) -> None:
    store.add([quad(2), quad(1), quad(9, STATE_GRAPH)])
    other = Store()
    other.add([quad(1)])
    other.add([quad(2)])
    assert store.canonical_quads() == other.canonical_quads() == [quad(1), quad(2)]


def test_rdflib_sees_the_same_quads(store: Store) -> None:
    store.replace_graph(G, [quad(1)])
    assert [str(row[0]) for row in store.dataset().query("SELECT ?o { ?s ?p ?o }")] == ["1"]


def test_queries_know_the_prefixes_and_read_all_graphs(store: Store) -> None:
    store.replace_graph(G, [quad(1)])
    assert list(store.rows("SELECT ?o ?x { ?s ?p ?o FILTER(?s != kg:Claim) }")) == [("1", None)]


@pytest.mark.parametrize("query", ["SELEC", "SELECT ?x", "ASK { ?s nope:p ?o }"])
def test_a_malformed_query_is_the_askers_to_mend(store: Store, query: str) -> None:
    with pytest.raises(QueryError, match="malformed query"):
        store.query(query)


@pytest.mark.parametrize(
    "query, refused",
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9> { ?s ?p ?o } }", True),
        ("SELECT * { service silent ?x { ?s ?p ?o } }", True),
        ("SELECT * { ?s ?p ?o } # \n{ SERVICE<http://x>{} }", True),
        ("SELECT ?service { ?service ?p 'SERVICE' } # SERVICE", False),
        ('SELECT * { ?s ?p "a \\" SERVICE" , """SERVICE " x""" }', False),
        ("SELECT * { ?s <https://example.org/SERVICE> ?o }", False),
        ("SELECT * { ?s kg:SERVICE ?o }", False),
    ],
)
def test_no_query_asks_another_host(query: str, refused: bool) -> None:
    if refused:
        with pytest.raises(QueryError, match="leaves this machine"):
            Store().query(query)
    else:
        Store().query(query)


def test_a_query_without_end_is_given_up() -> None:
    store = Store()
    store.add(quad(n) for n in range(400))
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) = CONCAT(STR(?d), STR(?g))) }"
    with pytest.raises(QueryTimeoutError, match="--timeout"):
        within(0.2, lambda: list(store.rows(endless)))


def test_what_fails_within_its_time_fails_as_it_would_alone() -> None:
    with pytest.raises(ZeroDivisionError):
        within(5.0, lambda: 1 / 0)


def test_a_missing_store_is_named_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no store at .*nowhere.*kg ingest"):
        Store(tmp_path / "nowhere", read_only=True)
    assert not (tmp_path / "nowhere").exists()


def test_many_may_read_at_a_time_and_a_writer_says_who_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.store, "LOCK_PATIENCE", 0.1)
    path = tmp_path / "store"
    with Store(path) as writer:
        writer.replace_graph(G, [quad(1)])
        with pytest.raises(StoreLockedError, match=r"is held by `.*` \(process \d+, since .*--store"):
            Store(path, read_only=True)
    with Store(path, read_only=True) as one, Store(path, read_only=True) as other:
        assert list(one.quads()) == list(other.quads()) == [quad(1)]
        with pytest.raises(StoreLockedError, match="reads it"):
            Store(path)
    Store(path).close()


def test_a_folder_that_is_no_store_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "quads").mkdir()
    (tmp_path / "quads" / "CURRENT").write_text("nonsense")
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(tmp_path, read_only=True)


def test_what_was_written_survives_kill_9(tmp_path: Path) -> None:
    program = f"""
        import pyoxigraph as ox
        from pathlib import Path
        from kg.store import Store
        store = Store(Path({str(tmp_path / "store")!r}))
        for n in range(100000):
            graph = ox.NamedNode(f"https://example.org/g{{n}}")
            node, p, o = ox.NamedNode("https://example.org/s"), ox.NamedNode("https://example.org/p"), ox.Literal
            quads = [ox.Quad(node, p, o(str(i)), graph) for i in range(20)]
            store.replace_graph(graph.value, quads)
            print(n, flush=True)
    """
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    written = [int(process.stdout.readline()) for _ in range(30)]
    process.kill()
    written += [int(line) for line in process.stdout.read().split()]
    process.stdout.close()
    process.wait()
    with Store(tmp_path / "store") as store:
        for n in written:
            assert len(list(store.quads(f"https://example.org/g{n}"))) == 20
        assert all(len(list(store.quads(name))) == 20 for name in store.graphs())


def test_the_holder_file_goes_with_the_holder(tmp_path: Path) -> None:
    with Store(tmp_path / "store"):
        holder = json.loads((tmp_path / "store" / "holder.json").read_text())
        assert holder["since"] <= time.strftime("%Y-%m-%dT%H:%M:%S")
    assert not (tmp_path / "store" / "holder.json").exists()
