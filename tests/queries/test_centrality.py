import pytest

from kg.errors import QueryError
from kg.ontology import load_ontology
from kg.store import Store
from queries.centrality import MEASURES, centrality
from queries.view import Filter, View


@pytest.fixture
def claimed(world: Store) -> View:
    return View.load(world, load_ontology(), Filter(curated=False))


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_ranks_everybody(claimed: View, measure: str) -> None:
    answer = centrality(claimed, measure)
    assert len(answer.rows) == len(claimed.active)
    assert any("press attention is not power" in caveat for caveat in answer.caveats)
    assert answer.columns[-1].name == "mentioned in"


def test_betweenness_by_hand(claimed: View) -> None:
    # Humain -> Nvidia -> TSMC alone has an inner vertex; 7 entities have ties, so 1 of 6 x 5 pairs passes Nvidia.
    answer = centrality(claimed, "betweenness", relations=["supplies"])
    assert answer.rows[0].cells == ("Nvidia", "firm", 0.5, 5)
    assert [row.cells[2] for row in answer.rows[1:]] == [0.0, 0.0]


def test_classes_choose_who_is_ranked_not_what_counts(claimed: View) -> None:
    everybody = {row.cells[0]: row.cells[2] for row in centrality(claimed, "pagerank").rows}
    firms = centrality(claimed, "pagerank", classes=["FIRM"])
    assert {row.cells[0] for row in firms.rows} == {"Humain", "Nvidia", "TSMC"}
    assert all(everybody[row.cells[0]] == row.cells[2] for row in firms.rows)


def test_a_pair_counts_once(claimed: View) -> None:
    answer = centrality(claimed, "degree", relations=["supplies"], limit=1)
    assert answer.rows[0].cells[:3] == ("Nvidia", "firm", 1.0)
    assert "computed over 3 entities and 2 ties" in answer.caveats[2]
    assert answer.caveats[-1] == "1 of 3 entities are shown"


def test_hits_tells_hubs_from_authorities(claimed: View) -> None:
    answer = centrality(claimed, "hits", relations=["supplies", "dependsOn"])
    assert [column.name for column in answer.columns[2:4]] == ["authority", "hub"]
    assert {row.cells[0] for row in answer.rows[:2]} == {"Nvidia", "energy"}


def test_rows_lead_to_their_claims(claimed: View) -> None:
    answer = centrality(claimed, "degree", relations=["supplies"], limit=1)
    assert {b.statement for b in answer.evidence(answer.rows[0])} == {"Nvidia supplies Humain", "TSMC supplies Nvidia"}


def test_curated_ties_are_said(view: View) -> None:
    assert any("curated facts count as ties" in caveat for caveat in centrality(view, "degree").caveats)


def test_nothing_to_rank(world: Store, claimed: View) -> None:
    assert centrality(claimed, classes=["PERSON"]).caveats == (
        "no entity of these classes has a tie under this filter",
    )
    empty = View.load(world, load_ontology(), Filter(since="2027", curated=False))
    for measure in MEASURES:
        answer = centrality(empty, measure)
        assert answer.rows == ()
        assert answer.caveats[0].startswith("nothing left: 0 of 10 claims")


def test_wrong_questions(claimed: View) -> None:
    with pytest.raises(QueryError, match="no measure is called 'closeness'; there are degree, betweenness"):
        centrality(claimed, "closeness")
    with pytest.raises(QueryError, match="no class is called 'firm'"):
        centrality(claimed, classes=["firm"])
    with pytest.raises(QueryError, match="no relation is called 'sells'"):
        centrality(claimed, relations=["sells"])
