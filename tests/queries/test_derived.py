"""Chains through the ontology's directions."""

from queries.concentration import chain_words
from queries.derived import DerivedGraph, derive, seats
from queries.names import resolve
from queries.view import View
from tests.queries.supply_world import supply

__all__ = ["supply"]


def reached(graph: DerivedGraph, view: View, start: str, direction: str = "of", depth: int = 8) -> set[str]:
    search = graph.search(resolve(view, start), direction="of" if direction == "of" else "on", depth=depth)
    return {view.name(graph.entity(state.node)) for state in search.steps}


def test_a_country_depends_through_what_stands_in_it(supply: View) -> None:
    graph = derive(supply)
    search = graph.search(resolve(supply, "France"), depth=8)
    state = next(s for s in search.steps if s.node == resolve(supply, "Netherlands"))
    assert chain_words(supply, graph, search.chain(state)) == (
        "France holds Paris, which holds Lutece, which uses H100, which is manufactured by TSMC, "
        "which uses EUV machine, which is manufactured by ASML, which is headquartered in Netherlands"
    )


def test_depth_bounds_the_chain(supply: View) -> None:
    graph = derive(supply)
    assert "ASML" not in reached(graph, supply, "France", depth=5)
    assert "ASML" in reached(graph, supply, "France", depth=6)


def test_both_directions_reach_one_another(supply: View) -> None:
    graph = derive(supply)
    names = {supply.name(e) for e in supply.active}
    of = {(a, b) for a in names for b in reached(graph, supply, a, depth=12) if a != b}
    on = {(b, a) for a in names for b in reached(graph, supply, a, "on", depth=12) if a != b}
    assert of == on


def test_a_seat_that_a_person_states_goes_before_what_articles_claim(supply: View) -> None:
    graph = derive(supply)
    assert [supply.name(h) for h in graph.homes(resolve(supply, "ASML"))] == ["Netherlands"]
    assert len([s for s in seats(supply) if s.subject == resolve(supply, "ASML")]) == 1


def test_home_over_places(supply: View) -> None:
    graph = derive(supply)
    lutece, france = resolve(supply, "Lutece"), resolve(supply, "France")
    assert graph.homes(lutece) == [france]
    assert [supply.name(hop.end) for hop in graph.way_home(lutece, france)] == ["Paris", "France"]
    assert graph.way_home(france, france) == ()


def test_a_generic_facility_joins_no_two_articles(supply: View) -> None:
    graph = derive(supply)
    assert "Coral" not in reached(graph, supply, "United States")
    assert "Coral" in reached(graph, supply, "data center")


def test_a_kind_requires_what_the_broader_thing_requires(supply: View) -> None:
    graph = derive(supply)
    assert "HBM" in reached(graph, supply, "H100")
    assert "H100" in reached(graph, supply, "GPU")
    assert "GPU" not in reached(graph, supply, "H100")


def test_an_alliance_acts_through_its_members(supply: View) -> None:
    graph = derive(supply)
    parts = {supply.name(e) for e in graph.parts(resolve(supply, "European Union"))}
    assert parts == {"European Union", "France", "Netherlands", "ASML", "Mistral", "Paris", "Lutece"}
    assert "TSMC" in reached(graph, supply, "European Union")
