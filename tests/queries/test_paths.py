import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store import Store
from queries.paths import path
from queries.view import Filter, View
from tests.queries.world import Told, fill


def chain(view: View, start: str, end: str, *, along_dependence: bool = False) -> list[tuple[object, ...]]:
    return [row.cells[1:4] for row in path(view, start, end, along_dependence=along_dependence).rows]


def test_a_path_whichever_way_statements_run(view: View) -> None:
    assert chain(view, "TSMC", "energy") == [
        ("TSMC", "supplies", "Nvidia"),
        ("Nvidia", "supplies", "Humain"),
        ("Humain", "depends on", "energy"),
    ]


def test_every_edge_of_a_hop_has_a_row(view: View) -> None:
    rows = path(view, "Taiwan", "NATO").records()
    assert [(r["hop"], r["relation"], r["origin"]) for r in rows] == [
        (1, "partners with", "articles"),
        (2, "is member of", "articles"),
        (2, "is member of", "curated"),
    ]


def test_a_path_along_dependence_has_a_direction(view: View) -> None:
    assert chain(view, "Humain", "TSMC", along_dependence=True) == [
        ("Humain", "is supplied by", "Nvidia"),
        ("Nvidia", "is supplied by", "TSMC"),
    ]
    answer = path(view, "TSMC", "Humain", along_dependence=True)
    assert answer.caveats == ("no chain of documented dependences leads from TSMC to Humain under this filter",)


def test_what_is_denied_joins_nothing(world: object, whole: View) -> None:
    denied = whole.narrowed(polarities=["negated"], curated=False)
    assert chain(denied, "Nvidia", "Humain") == []


def test_a_kind_of_thing_joins_nothing() -> None:
    with Store() as store:
        claims = [
            ("asml", "owns", "plant", {}),
            ("plant", "locatedIn", "france", {}),
            ("humain", "uses", "gpu", {}),
            ("tsmc", "manufactures", "gpu", {}),
        ]
        view = View.load(fill(store, [Told("Kinds", None, None, claims)]), filter=Filter(curated=False))
        assert chain(view, "ASML", "France") == []
        assert chain(view, "ASML", "plant") == [("ASML", "owns", "plant")]
        assert chain(view, "Humain", "TSMC") == []
        assert len(chain(view, "Humain", "TSMC", along_dependence=True)) == 2


def test_one_entity_twice_is_refused(view: View) -> None:
    with pytest.raises(QueryError, match="are one entity"):
        path(view, "US", "America")


@given(st.data())
def test_paths_are_shortest_and_as_long_both_ways(whole: View, data: st.DataObject) -> None:
    names = [whole.name(e) for e in whole.active]
    one, other = data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True))
    peer = nx.Graph([(whole.name(e.subject), whole.name(e.object)) for e in whole.edges if e.polarity == "affirmed"])
    assert not whole.kinds & set(whole.active)
    there, back = (path(whole, *pair).records() for pair in ((one, other), (other, one)))
    if not nx.has_path(peer, one, other):
        assert there == back == []
        return
    assert there[-1]["hop"] == back[-1]["hop"] == nx.shortest_path_length(peer, one, other)
