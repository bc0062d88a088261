"""Each named query on a small world, its answer worked out by hand; parameters as terms."""

import csv
import io
from collections.abc import Iterator

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError, UnknownNameError
from kg.identity import judge
from kg.rdf import curated_quads, entity_quads
from kg.store import Store
from kg.terms import entity_iri, relation_iri
from kg.types import Amount, CuratedFact, Entity
from queries.library import bound, named_queries, read_query
from queries.sparql import run
from tests.queries.world import ENTITIES, Told, article_graph, fill

H100 = {"concerns": "h100"}
DEAL = ("nvidia", "supplies", "humain", H100 | {"score": 0.9})
BILLIONS = {"amount": Amount("$5 billion", "5000000000", "USD")}
ARTICLES = (
    Told("Deal", "2025-01-10", "Wire", [DEAL]),
    Told("Deal, reprinted", "2025-01-11", "Daily", [DEAL]),
    Told(
        "Foundry",
        "2025-03-05",
        "Wire",
        [
            ("tsmc", "supplies", "nvidia", {"concerns": "gpu"}),
            ("tsmc", "manufactures", "gpu", {}),
            ("h100", "requires", "hbm", {}),
        ],
    ),
    Told(
        "Ban",
        "2025-04-01",
        "Gazette",
        [
            ("france", "restricts", "nvidia", H100),
            ("united-states", "restricts", "gpu", {}),
            ("european-union", "regulates", "nvidia", {}),
            ("france", "adopts", "chips-act", {"status": "planned"}),
        ],
    ),
    Told(
        "Money",
        "2025-05-01",
        "Gazette",
        [
            ("g42", "investsIn", "nvidia", BILLIONS),
            ("g42", "investsIn", "tsmc", {"status": "planned"}),
            ("g42", "partnersWith", "nvidia", {"concerns": "gpu"}),
            ("nvidia", "partnersWith", "g42", {"concerns": "gpu"}),
            ("nvidia", "competesWith", "asml", {}),
            ("nvidia", "acquires", "asml", {"status": "ended"}),
        ],
    ),
    Told(
        "Desert",
        None,
        None,
        [
            ("nvidia", "operates", "stargate", {}),
            ("g42", "builds", "stargate", {"status": "planned"}),
            ("meta", "develops", "llama", {}),
            ("humain", "dependsOn", "energy", {"attributed_to": entity_iri("g42"), "score": 0.55}),
            ("humain", "uses", "h100", {}),
            ("nvidia", "supplies", "humain", {"polarity": "negated", "score": 0.4}),
        ],
    ),
)
MORE = (
    ("abu-dhabi", "Abu Dhabi", "PLACE"),
    ("chips-act", "Chips Act", "POLICY"),
    ("emirates", "Emirates", "COUNTRY"),
    ("g42", "G42", "FIRM"),
    ("hbm", "HBM", "RESOURCE"),
    ("jensen-huang", "Jensen Huang", "PERSON"),
    ("llama", "Llama", "MODEL"),
    ("meta", "Meta", "FIRM"),
    ("stargate", "Stargate", "FACILITY"),
)
FACTS = (
    ("headquarteredIn", "g42", "emirates", ""),
    ("headquarteredIn", "meta", "united-states", ""),
    ("heads", "jensen-huang", "nvidia", "1993"),
    ("locatedIn", "abu-dhabi", "emirates", ""),
    ("locatedIn", "stargate", "abu-dhabi", ""),
    ("owns", "g42", "stargate", ""),
)


@pytest.fixture(scope="module")
def library() -> Iterator[Store]:
    with Store() as store:
        fill(store, ARTICLES)
        store.add(entity_quads(Entity(entity_iri(local), name, label) for local, name, label in MORE))
        store.add(
            curated_quads(
                CuratedFact(entity_iri(s), relation_iri(r), entity_iri(o), "firms", since=since)
                for r, s, o, since in FACTS
            )
        )
        desert = article_graph(ARTICLES[-1]).article.iri
        store.update(
            f"INSERT DATA {{ GRAPH <{desert}> {{ <{desert}> kg:mentions entity:firm.newco . "
            'entity:firm.newco a kg:Firm ; skos:prefLabel "NewCo" }}'
        )
        yield store


def asked(store: Store, name: str, **parameters: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(run(store, name, parameters=parameters, format="csv"))))[1:]


# Each row: query, parameters, answer.
BY_HAND: list[tuple[str, dict[str, str], list[list[str]]]] = [
    ("attributed", {}, [["G42", "Humain", "dependsOn", "energy", "Desert: humain dependsOn energy.", ""]]),
    (
        "by-month",
        {"about": "Nvidia"},
        [["2025-01", "2", "2"], ["2025-03", "1", "1"], ["2025-04", "1", "2"], ["2025-05", "1", "5"]],
    ),
    ("corroborated", {}, [["Nvidia", "supplies", "Humain", "2", "2"]]),
    ("dependences", {}, [["Humain", "energy", "", "Desert: humain dependsOn energy.", ""]]),
    (
        "depends-transitively",
        {"who": "Humain"},
        [["H100", "Resource"], ["HBM", "Resource"], ["Nvidia", "Firm"], ["TSMC", "Firm"], ["energy", "Resource"]],
    ),
    (
        "disagreements",
        {},
        [
            [
                "Nvidia",
                "supplies",
                "Humain",
                "Deal, reprinted: nvidia supplies humain.",
                "Desert: nvidia supplies humain.",
            ],
            ["Nvidia", "supplies", "Humain", "Deal: nvidia supplies humain.", "Desert: nvidia supplies humain."],
        ],
    ),
    ("ended", {}, [["Nvidia", "acquires", "ASML", "Money: nvidia acquires asml.", "2025-05-01"]]),
    (
        "evidence",
        {"about": "Nvidia", "relation": "supplies", "since": "2025"},
        [
            [
                "TSMC",
                "supplies",
                "Nvidia",
                "actual",
                "affirmed",
                "0.5",
                "Foundry: tsmc supplies nvidia.",
                "Foundry",
                "2025-03-05",
            ],
            [
                "Nvidia",
                "supplies",
                "Humain",
                "actual",
                "affirmed",
                "0.9",
                "Deal, reprinted: nvidia supplies humain.",
                "Deal, reprinted",
                "2025-01-11",
            ],
            [
                "Nvidia",
                "supplies",
                "Humain",
                "actual",
                "affirmed",
                "0.9",
                "Deal: nvidia supplies humain.",
                "Deal",
                "2025-01-10",
            ],
        ],
    ),
    ("facilities-by-country", {}, [["Emirates", "1", "1"]]),
    ("facilities", {}, [["Stargate", "Emirates", "Nvidia", "G42", "", "1"]]),
    ("foreign-operators", {}, [["Stargate", "Emirates", "Nvidia", "United States", "operates"]]),
    ("headquarters", {}, [["United States", "2", "2", "Meta"], ["Emirates", "1", "1", "G42"]]),
    ("heads", {}, [["Jensen Huang", "Nvidia", "actual", "1993", "", "0"]]),
    ("investments", {}, [["G42", "Nvidia", "$5 billion", "5000000000", "USD", "actual", "2025-05-01"]]),
    ("investors", {}, [["G42", "1", "1", "1"]]),
    ("kinds", {"of": "chip"}, [["GPU", "chip", "2"], ["H100", "GPU", "2"]]),
    ("makers", {}, [["Meta", "develops", "Llama", "United States", "1"], ["TSMC", "manufactures", "GPU", "", "1"]]),
    (
        "members",
        {},
        [
            ["European Union", "France", "1958", ""],
            ["NATO", "France", "1949", ""],
            ["NATO", "United Kingdom", "1949", ""],
            ["NATO", "United States", "1949", ""],
        ],
    ),
    (
        "mentioned-together",
        {"with": "Nvidia", "class": "country"},
        [["France", "Country", "1"], ["United States", "Country", "1"]],
    ),
    ("models", {}, [["Llama", "Meta", "United States", "1"]]),
    ("most-mentioned", {"limit": "2", "since": "2025-03"}, [["Nvidia", "Firm", "3"], ["GPU", "Resource", "2"]]),
    ("near-copies", {}, [["Deal", "Wire", "Deal, reprinted", "Daily"]]),
    ("new-entities", {}, [["NewCo", "Firm", "1", "firm.newco"]]),
    ("owners", {}, [["G42", "owns", "Stargate", "actual", "0"], ["Nvidia", "acquires", "ASML", "ended", "1"]]),
    ("partners", {}, [["G42", "Nvidia", "GPU", "actual", "1"]]),
    ("planned-facilities", {}, [["Stargate", "G42", "", "Desert: g42 builds stargate.", ""]]),
    ("policies", {}, [["France", "Chips Act", "planned", "1"]]),
    (
        "publishers",
        {},
        [
            ["Gazette", "2", "10", "2025-04-01", "2025-05-01"],
            ["Wire", "2", "4", "2025-01-10", "2025-03-05"],
            ["", "1", "6", "", ""],
            ["Daily", "1", "1", "2025-01-11", "2025-01-11"],
        ],
    ),
    ("regulations", {}, [["European Union", "Nvidia", "actual", "1"]]),
    (
        "relations",
        {},
        [
            ["acquires", "0", "0", "1", "0"],
            ["adopts", "0", "1", "0", "0"],
            ["builds", "0", "1", "0", "0"],
            ["competesWith", "1", "0", "0", "0"],
            ["dependsOn", "1", "0", "0", "0"],
            ["develops", "1", "0", "0", "0"],
            ["investsIn", "1", "1", "0", "0"],
            ["manufactures", "1", "0", "0", "0"],
            ["operates", "1", "0", "0", "0"],
            ["partnersWith", "2", "0", "0", "0"],
            ["regulates", "1", "0", "0", "0"],
            ["requires", "1", "0", "0", "0"],
            ["restricts", "2", "0", "0", "0"],
            ["supplies", "3", "0", "0", "1"],
            ["uses", "1", "0", "0", "0"],
        ],
    ),
    ("requirements", {}, [["H100", "HBM", "1"]]),
    ("restricted-goods", {}, [["GPU", "1", "0", "1"], ["H100", "1", "0", "1"]]),
    (
        "restrictions",
        {},
        [
            ["France", "Nvidia", "H100", "actual", "1", "2025-04-01"],
            ["United States", "GPU", "", "actual", "1", "2025-04-01"],
        ],
    ),
    ("rivals", {}, [["ASML", "Nvidia", "1"]]),
    ("shared-memberships", {"who": "France"}, [["United Kingdom", "1", "NATO"], ["United States", "1", "NATO"]]),
    ("single-suppliers", {}, [["Humain", "H100", "Nvidia", "2"], ["Nvidia", "GPU", "TSMC", "1"]]),
    (
        "sources-of",
        {"resource": "GPU"},
        [
            ["Nvidia", "supplies", "H100", "actual", "2"],
            ["TSMC", "manufactures", "GPU", "actual", "1"],
            ["TSMC", "supplies", "GPU", "actual", "1"],
        ],
    ),
    ("suppliers", {}, [["Nvidia", "Humain", "H100", "actual", "2"], ["TSMC", "Nvidia", "GPU", "actual", "1"]]),
    ("tied-to-both", {"one": "Humain", "other": "TSMC"}, [["Nvidia", "Firm", "supplies", "supplies"]]),
    (
        "uncertain",
        {"below": "0.45"},
        [
            [
                "0.4",
                "Nvidia",
                "supplies",
                "Humain",
                "Desert: nvidia supplies humain.",
                "https://w3id.org/aigeo/claim/458ccf5bcaa075061741",
            ]
        ],
    ),
    (
        "users-of",
        {"resource": "GPU"},
        [
            ["Humain", "supplies", "H100", "actual", "2"],
            ["Humain", "uses", "H100", "actual", "1"],
            ["Nvidia", "supplies", "GPU", "actual", "1"],
        ],
    ),
    ("dependences", {"who": "Humain", "what": "energy", "since": "2025"}, []),
    ("suppliers", {"buyer": "NVDA"}, [["TSMC", "Nvidia", "GPU", "actual", "1"]]),
    ("suppliers", {"supplier": "Nvidia", "until": "2025-01-10"}, [["Nvidia", "Humain", "H100", "actual", "1"]]),
    (
        "members",
        {"alliance": "EU", "day": "2019-07-01"},
        [["European Union", "France", "1958", ""], ["European Union", "United Kingdom", "1973", "2020-01-31"]],
    ),
    ("members", {"member": "Britain", "day": "2020-02"}, [["NATO", "United Kingdom", "1949", ""]]),
    ("investors", {"class": "country"}, []),
    ("partners", {"who": "Nvidia"}, [["Nvidia", "G42", "GPU", "actual", "1"]]),
    ("rivals", {"who": "Nvidia"}, [["Nvidia", "ASML", "1"]]),
    (
        "evidence",
        {"about": "Nvidia", "status": "ended"},
        [
            [
                "Nvidia",
                "acquires",
                "ASML",
                "ended",
                "affirmed",
                "0.5",
                "Money: nvidia acquires asml.",
                "Money",
                "2025-05-01",
            ]
        ],
    ),
    ("corroborated", {"about": "Humain", "least": "3"}, []),
    ("facilities", {"country": "France"}, []),
    (
        "foreign-operators",
        {"country": "Emirates", "home": "US"},
        [["Stargate", "Emirates", "Nvidia", "United States", "operates"]],
    ),
    ("new-entities", {"class": "country"}, []),
    (
        "attributed",
        {"speaker": "G42"},
        [["G42", "Humain", "dependsOn", "energy", "Desert: humain dependsOn energy.", ""]],
    ),
]


@pytest.mark.parametrize(("name", "parameters", "rows"), BY_HAND)
def test_by_hand(library: Store, name: str, parameters: dict[str, str], rows: list[list[str]]) -> None:
    assert asked(library, name, **parameters) == rows


def test_every_query_has_an_answer_worked_out_by_hand() -> None:
    assert {name for name, _, _ in BY_HAND} == set(named_queries())
    assert len(named_queries()) >= 25


@pytest.mark.parametrize("name", named_queries())
def test_headers_declare_parameters_and_columns(library: Store, name: str) -> None:
    query = named_queries()[name]
    assert query.question.endswith("?")
    used = {word[1:].rstrip(")") for word in query.text.partition("\nSELECT")[2].split() if word.startswith("$")}
    assert used == {parameter.name for parameter in query.parameters}
    given = {p.name: "Nvidia" for p in query.parameters if p.default is None}
    header = run(library, name, parameters=given, format="csv").splitlines()[0]
    assert header.split(",") == [column for column, _ in query.columns]
    assert "COUNT(?" not in query.text, "the union counts what several articles say several times"


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("suppliers", {"byer": "Humain"}, "'suppliers' takes no parameter 'byer'; it takes buyer"),
        ("relations", {"since": "2025"}, "'relations' takes no parameter 'since'; it takes none"),
        ("users-of", {}, "'users-of' needs resource: e.g. GPU; give it with --param resource=... \\(entity\\)"),
        ("suppliers", {"buyer": "Falcon"}, "'Falcon' has several meanings"),
        ("suppliers", {"since": "yesterday"}, "'yesterday' is no date"),
        ("most-mentioned", {"class": "car"}, "no class is called 'CAR'"),
        ("most-mentioned", {"limit": "-1"}, "'-1' is no count"),
        ("most-mentioned", {"limit": "٣"}, "is no count"),
        ("ended", {"relation": "sells"}, "no relation is called 'sells'"),
        ("evidence", {"about": "Nvidia", "status": "perhaps"}, "no status is called 'perhaps'"),
        ("uncertain", {"below": "1e999"}, "'1e999' is no number"),
        ("uncertain", {"below": "NaN"}, "'NaN' is no number"),
        ("SELECT * {}", {"x": "1"}, "this query takes no parameter 'x'"),
    ],
)
def test_what_a_query_cannot_be_given(library: Store, name: str, given: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run(library, name, parameters=given)


def test_an_unknown_entity_is_offered_the_nearest(library: Store) -> None:
    with pytest.raises(UnknownNameError, match="nearest: Nvidia"):
        run(library, "suppliers", parameters={"supplier": "Nvdia"})


OWN = """# Whose name is this?
# Parameters:
#   $name: text; a name
#   $least: number = 0; at least so much
#   $day: day = 2025; a day
SELECT ?value ?least ?day {
  BIND($name AS ?value)
  BIND($least AS ?least)
  BIND($day AS ?day)
}
"""


@given(st.text(max_size=40).filter(lambda words: words.isprintable() or "\n" in words))
@settings(max_examples=200, deadline=None)
def test_no_value_changes_what_is_asked(value: str) -> None:
    with Store() as store:
        query = bound(store, read_query(OWN), {"name": value})
        assert next(store.rows(query)) == (value, "0", "2025-01-01")


@pytest.mark.parametrize(
    "value", ['" . } DROP ALL #', "\\", '\\" }', "\\u0022 }", "$day", "'''", "<a>", "\r\n} #", "?x"]
)
def test_injection_fails(value: str) -> None:
    with Store() as store:
        query = bound(store, read_query(OWN), {"name": value})
        assert list(store.rows(query)) == [(value, "0", "2025-01-01")]


def test_a_query_of_ones_own_may_declare_parameters(library: Store) -> None:
    assert read_query(OWN).question == "Whose name is this?"
    given = {"name": "x", "least": "1.5", "day": "2025-05"}
    assert run(library, OWN, parameters=given, format="csv").splitlines() == ["value,least,day", "x,1.5,2025-05-01"]
    with pytest.raises(QueryError, match=r"\$x: no kind of parameter is called 'colour'"):
        read_query("# Q?\n#   $x: colour; of what\nSELECT * {}")
    assert asked(library, "SELECT ?a { BIND($b AS ?a) }") == [[]], "a dollar sign alone is a variable's"


def test_entities_that_a_person_judged_the_same_are_one() -> None:
    with Store() as store:
        fill(store, ARTICLES[:1])
        judge(store, entity_iri("humain"), entity_iri("tsmc"), "same", who="a test", when="2025-01-01")
        assert [row[:2] for row in asked(store, "suppliers", buyer="entity:tsmc")] == [["Nvidia", "Humain"]]


LOCALS = [local for local, _, label, _ in ENTITIES if label == "FIRM"]


@given(st.sets(st.tuples(st.sampled_from(LOCALS), st.sampled_from(LOCALS)), max_size=12), st.sampled_from(LOCALS))
@settings(max_examples=25, deadline=None)
def test_path_closure_is_that_of_networkx(pairs: set[tuple[str, str]], start: str) -> None:
    with Store() as store:
        fill(store, [Told("All", "2025-01-01", "Wire", [(a, "supplies", b, {}) for a, b in sorted(pairs)])])
        names = {local: name for local, name, _, _ in ENTITIES}
        graph: nx.DiGraph[str] = nx.DiGraph([(b, a) for a, b in pairs])
        graph.add_node(start)
        expected = sorted(names[local] for local in nx.descendants(graph, start))
        iri = entity_iri(start)
        assert [row[0] for row in asked(store, "depends-transitively", who=iri)] == expected
