import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store import Store
from queries.answer import Answer, Column, Row
from queries.dependency import dependencies
from queries.footnotes import Footnotes, web_address
from queries.page import MOST_NOTES, page
from queries.records import Backing
from queries.render import render
from queries.status import status
from queries.view import View


class Tags(HTMLParser):
    """The tags of a page, its links and the places they lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name == "href":
                self.links.append(value or "")
            if name == "id":
                self.ids.append(value or "")


def backing(key: str, **more: object) -> Backing:
    known: dict[str, object] = {
        "statement": "A supplies B",
        "status": "actual",
        "polarity": "affirmed",
        "is_curated": False,
        "quote": f"words of {key}",
        "article": f"https://w3id.org/aigeo/article/{key}",
        "title": f"Title {key}",
        "published": "2025-01-01",
        "publisher": key,
        "score": 0.5,
    }
    return Backing(key=key, **(known | more))  # type: ignore[arg-type]


def answer(*backings: Backing, name: str = "Nvidia") -> Answer:
    keys = tuple(one.key for one in backings)
    return Answer(
        title=f"About {name}",
        columns=(Column("who", "entity"), Column("sources", "count", "independent sources")),
        rows=(Row((name, 3), keys), Row(("other", None))),
        filter="status actual",
        caveats=("a caveat",),
        query="asked()",
        backing={one.key: one for one in backings},
    )


def test_a_page_has_everything_and_fetches_nothing() -> None:
    text = page(answer(backing("a", url="https://example.org/a?b=1&c=2"), backing("b", status="planned")))
    tags = Tags(text)
    assert "script" not in tags.names
    assert not {"img", "link", "iframe", "form"} & set(tags.names)
    assert "://" not in re.sub(r"https://example\.org/a\?b=1&amp;c=2", "", text)
    for words in (
        "About Nvidia",
        "a caveat",
        "status actual",
        "asked()",
        "independent sources",
        "prefers-color-scheme",
    ):
        assert words in text
    assert "“words of b” " in text
    assert "Title b, b, 2025-01-01, planned)" in text
    assert tags.links == ["#note-1", "#note-2", "https://example.org/a?b=1&c=2"]
    assert tags.ids == ["note-1", "note-2"]
    assert "@media print" in text


def test_a_page_without_rows_says_why() -> None:
    empty = Answer("Nothing", (Column("who"),), (), "filter", ("0 of 3 claims",), "q")
    assert "0 of 3 claims" in page(empty)
    assert "<table" not in page(empty)


@given(st.text(max_size=60))
def test_names_and_quotes_are_text_never_markup(words: str) -> None:
    hostile = f"<script>alert(1)</script>'\"&{words}"
    text = page(answer(backing("a", quote=hostile, title=hostile, url=f"https://x.org/{hostile}"), name=hostile))
    plain = Tags(page(answer(backing("a"))))
    assert [tag for tag in Tags(text).names if tag != "a"] == [tag for tag in plain.names if tag != "a"]
    assert not set(text) & set("\x1b\u202e\x00")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x.org", "http://[", "ftp://x.org", "", "x"]
)
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    assert web_address(url) == ""
    assert [link for link in Tags(page(answer(backing("a", url=url)))).links if not link.startswith("#")] == []


def test_a_row_has_few_footnotes_and_says_how_many_more() -> None:
    many = [backing(f"k{n:02}") for n in range(MOST_NOTES + 3)]
    assert "and 3 more" in page(answer(*many))
    assert page(answer(*many)).count("<li id=") == MOST_NOTES


def test_one_passage_has_one_number_and_other_publishers_come_first() -> None:
    same = {"article": "x", "quote": "one passage"}
    found = [
        backing("a", **same, score=0.9),
        backing("b", **same, score=0.8, statement="C supplies D"),
        backing("c", publisher="a", score=0.7),
        backing("d", publisher="other", score=0.6),
        backing("e", **same, status="planned"),
    ]
    one = answer(*found)
    notes = Footnotes(4)
    assert notes.cite(one, one.rows[0]) == ((1, 2, 3), 1)
    assert [(note.words, "planned" in note.details) for note in notes] == [
        ("“one passage”", False),
        ("“one passage”", True),
        ("“words of d”", False),
    ]
    assert notes.cite(one, one.rows[1]) == ((), 0)
    assert len(notes) == 3


def test_a_curated_fact_says_who_states_it() -> None:
    fact = backing(
        "f", is_curated=True, score=None, quote="", table="firms", source="register", since="1949", until="2001"
    )
    text = page(answer(fact))
    assert "A supplies B" in text
    assert "(curated: firms, register, since 1949, until 2001)" in text


def test_the_format_is_one_of_the_renderers(view: View) -> None:
    found = dependencies(view, "Humain")
    assert render(found, "html") == page(found)
    assert "Deal: nvidia supplies humain." in page(found)


def test_an_answer_as_a_graph(view: View) -> None:
    found = dependencies(view, "Humain", depth=2)
    graph = found.to_networkx()
    assert {data["name"] for _, data in graph.nodes(data=True)} >= {"Humain", "Nvidia", "TSMC"}
    for _, _, key, data in graph.edges(keys=True, data=True):
        assert data["rows"] == [place for place, row in enumerate(found.rows) if key in row.statements]
    assert {key for _, _, key in graph.edges(keys=True)} == {key for row in found.rows for key in row.statements}


def test_figures_of_a_store_are_no_graph() -> None:
    with Store() as store, pytest.raises(QueryError, match="'Store' rests on no statements"):
        status(store).to_networkx()
