import pytest

from kg.errors import QueryError
from kg.state import record_address
from kg.store import Store
from kg.terms import compact
from queries.lookup import articles, claims, entities, find_article, show
from queries.view import View
from tests.queries.world import TOLD, article_graph, fill


def test_show_reads_every_edge_from_the_entity(view: View) -> None:
    answer = show(view, "Nvidia")
    assert answer.title == "Nvidia (firm)"
    assert [row.cells[:4] for row in answer.rows] == [
        ("is headquartered in", "United States", "country", ""),
        ("is supplied by", "TSMC", "firm", "GPU"),
        ("supplies", "Humain", "firm", "H100"),
    ]
    assert answer.caveats[1:] == ("entity:nvidia, mentioned in 5 articles", "also called: NVDA")


def test_show_of_what_nothing_is_said_describes_it(view: View) -> None:
    answer = show(view, "H100")
    assert answer.rows == ()
    assert answer.caveats == (
        "nothing is documented of it under this filter; entity:h100, mentioned in 0 articles; a kind of: GPU",
    )


def test_claims_come_newest_first(whole: View) -> None:
    answer = claims(whole)
    days = [str(row["published"]) for row in answer.records()]
    assert days == sorted(days, reverse=True)
    assert len(days) == 10
    assert days[-1] == ""


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"subject": "Nvidia"}, 4),
        ({"object": "Nvidia"}, 1),
        ({"about": "Nvidia"}, 5),
        ({"about": "H100"}, 3),
        ({"subject": "Nvidia", "object": "TSMC"}, 0),
        ({"article": "Desert"}, 5),
        ({"article": "Desert", "about": "Nvidia"}, 1),
    ],
)
def test_claims_by_their_ends(whole: View, asked: dict[str, str], count: int) -> None:
    assert len(claims(whole, **asked).rows) == count  # type: ignore[arg-type]


def test_a_denied_claim_says_so(whole: View) -> None:
    (row,) = claims(whole, article="Rumour").records()
    assert row["relation"] == "not: supplies"
    assert row["score"] == 0.4


def test_no_claims_says_why(view: View) -> None:
    assert claims(view, subject="France").caveats == ("no claim is documented with these ends under this filter",)


def test_articles_come_newest_first_with_near_copies(view: View) -> None:
    found = [(row["title"], row["claims"], row["near-copies"]) for row in articles(view).records()]
    assert found == [
        ("Desert", 5, 0),
        ("Foundry", 1, 0),
        ("Deal, reprinted", 1, 1),
        ("Deal", 1, 1),
        ("Rumour", 0, 0),
    ]


def test_articles_by_words_and_by_mention(view: View) -> None:
    assert {row["title"] for row in articles(view, contains="DEAL").records()} == {"Deal", "Deal, reprinted"}
    assert {row["title"] for row in articles(view, contains="wire").records()} == {"Deal", "Foundry"}
    assert {row["title"] for row in articles(view, mentions="TSMC").records()} == {"Foundry"}
    assert articles(view, contains="nothing").caveats == ("0 of 5 articles are of that kind and period",)


def test_entities_most_mentioned_first(view: View) -> None:
    answer = entities(view)
    assert answer.rows[0].cells[0] == "Nvidia"
    assert len(answer.rows) == len(view.entities)
    assert answer.caveats[1] == "8 of 18 entities are mentioned in articles"


def test_entities_by_class_and_part_of_name(view: View) -> None:
    assert {row["entity"] for row in entities(view, classes=["ALLIANCE"]).records()} == {"NATO", "European Union"}
    assert [row["entity"] for row in entities(view, contains="KIYE").records()] == ["Türkiye"]
    assert entities(view, contains="xyzzy").caveats == ("no entity has such a name and class",)
    with pytest.raises(QueryError, match="no class is called 'STATE'"):
        entities(view, classes=["STATE"])
    with pytest.raises(QueryError, match="'!' holds no letter or digit"):
        entities(view, contains="!")


def test_an_article_is_found_by_what_names_it() -> None:
    with Store() as store:
        fill(store)
        desert = article_graph(TOLD[-1]).article
        record_address(store, desert.iri, "/data/desert.md")
        names = [desert.iri, compact(desert.iri), compact(desert.iri)[len("article:") :][:6], desert.url, "DESERT"]
        for name in [*names, "/data/desert.md"]:
            assert find_article(store, str(name)) == (desert.iri, "Desert")


def test_an_article_that_is_not_there_or_not_the_only_one() -> None:
    with Store() as store:
        fill(store, [*TOLD, type(TOLD[0])("desert", None, None)])
        with pytest.raises(QueryError, match="'Desert' names 2 articles; name one of: article:"):
            find_article(store, "Desert")
        with pytest.raises(QueryError, match="no article is called 'Sea'; `kg articles` lists them"):
            find_article(store, "Sea")
        with pytest.raises(QueryError, match="no article is called ''"):
            find_article(store, "")
