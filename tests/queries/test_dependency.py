import pytest

from kg.errors import QueryError, UnknownNameError
from kg.ontology import load_ontology
from kg.store import Store
from queries.answer import Answer
from queries.dependency import dependencies
from queries.view import Filter, View
from tests.queries.world import Told, fill


def ends(answer: Answer) -> list[tuple[str, int]]:
    """Entity and hops of each row."""
    return [
        (str(row["depends on"] if "depends on" in row else row["dependent"]), int(row["hops"] or 0))
        for row in answer.records()
    ]


def test_direct_dependences(view: View) -> None:
    answer = dependencies(view, "Humain")
    assert answer.records() == [
        {
            "depends on": "Nvidia",
            "class": "firm",
            "hops": 1,
            "chain": "Humain is supplied by Nvidia",
            "for": "H100",
            "status": "actual",
            "origin": "articles",
            "claims": 3,
            "articles": 3,
            "sources": 2,
        },
        {
            "depends on": "energy",
            "class": "resource",
            "hops": 1,
            "chain": "Humain depends on energy",
            "for": "",
            "status": "actual",
            "origin": "articles",
            "claims": 1,
            "articles": 1,
            "sources": 1,
        },
    ]
    assert answer.caveats[0] == (
        "rests on 4 claims in 3 articles from 2 independent sources, published 2025-01-10 to 2025-06-01"
    )


def test_chains_reach_farther(view: View) -> None:
    answer = dependencies(view, "Humain", depth=3)
    assert ends(answer) == [("Nvidia", 1), ("energy", 1), ("TSMC", 2), ("United States", 2)]
    chain = answer.records()[2]
    assert chain["chain"] == "Humain is supplied by Nvidia, which is supplied by TSMC"
    assert chain["for"] == "GPU, H100"
    assert chain["sources"] == 1  # the least documented hop
    assert answer.records()[3]["origin"] == "articles and curated"


def test_who_depends_on(view: View) -> None:
    answer = dependencies(view, "TSMC", direction="on", depth=2)
    assert ends(answer) == [("Nvidia", 1), ("Humain", 2)]
    assert answer.records()[1]["chain"] == "Humain is supplied by Nvidia, which is supplied by TSMC"


def test_planned_and_denied_stand_apart(whole: View) -> None:
    answer = dependencies(whole, "Humain", depth=4)
    found = [(row["depends on"], row["status"], row["claims"]) for row in answer.records()]
    assert ("Nvidia", "actual", 3) in found
    assert ("Nvidia", "actual, denied", 1) in found
    assert ("ASML", "actual, planned", 5) in found
    (planned,) = (row for row in answer.records() if row["depends on"] == "ASML")
    assert str(planned["chain"]).endswith("which is supplied by ASML (planned)")


def test_what_is_only_denied_leads_nowhere() -> None:
    with Store() as store:
        claims = [("tsmc", "supplies", "nvidia", {"polarity": "negated"}), ("asml", "supplies", "tsmc", {})]
        fill(store, [Told("No", None, None, claims)])
        view = View.load(store, load_ontology(), Filter(polarities=(), curated=False))
        assert ends(dependencies(view, "Nvidia", depth=3)) == [("TSMC", 1)]


@pytest.mark.parametrize(
    ("resource", "found"), [("chip", ["Nvidia", "TSMC"]), ("H100", ["Nvidia"]), ("energy", ["energy"])]
)
def test_a_resource_takes_its_kinds(view: View, resource: str, found: list[str]) -> None:
    answer = dependencies(view, "Humain", depth=3, resource=resource)
    assert [end for end, _ in ends(answer)] == found


def test_a_cycle_ends() -> None:
    with Store() as store:
        claims = [("tsmc", "supplies", "nvidia", {}), ("nvidia", "supplies", "tsmc", {})]
        fill(store, [Told("Ring", None, None, claims)])
        view = View.load(store, load_ontology(), Filter(curated=False))
        assert ends(dependencies(view, "Nvidia", depth=5)) == [("TSMC", 1)]


def test_the_better_documented_of_equally_short_chains_is_shown() -> None:
    with Store() as store:
        by_asml = [("asml", "supplies", "nvidia", {}), ("taiwan", "supplies", "asml", {})]
        by_tsmc = [("tsmc", "supplies", "nvidia", {}), ("taiwan", "supplies", "tsmc", {})]
        told = [
            Told("One", None, "A", by_asml),
            Told("Two", None, "B", by_tsmc),
            Told("Three", None, "C", by_tsmc),
            Told("Four", None, "D", by_tsmc),
        ]
        view = View.load(fill(store, told), load_ontology(), Filter(curated=False))
        rows = dependencies(view, "Nvidia", depth=2).records()
        assert rows[-1]["chain"] == "Nvidia is supplied by TSMC, which is supplied by Taiwan"
        assert rows[-1]["sources"] == 3


def test_an_empty_answer_says_why(view: View) -> None:
    answer = dependencies(view, "France")
    assert answer.rows == ()
    assert answer.caveats == (
        "no dependence is documented there under this filter; France stands in 2 statements "
        "and is mentioned in 0 articles",
    )


def test_a_cut_is_said(view: View) -> None:
    answer = dependencies(view, "Humain", depth=3, limit=1)
    assert len(answer.rows) == 1
    assert answer.caveats[-1] == "1 of 4 dependences are shown"


def test_every_row_leads_to_its_words(view: View) -> None:
    answer = dependencies(view, "Humain", depth=3)
    for row in answer.rows:
        assert answer.evidence(row)
    assert {b.quote for b in answer.evidence(answer.rows[1])} == {"Desert: humain dependsOn energy."}


def test_wrong_questions(view: View) -> None:
    with pytest.raises(QueryError, match="'of' or 'on', not 'up'"):
        dependencies(view, "Humain", direction="up")
    with pytest.raises(QueryError, match="at least 1 hop, not 0"):
        dependencies(view, "Humain", depth=0)
    with pytest.raises(UnknownNameError, match="Humane"):
        dependencies(view, "Humane")
