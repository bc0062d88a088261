import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from queries.answer import Answer, Column, Row
from queries.records import Backing
from queries.render import FORMATS, html_table, neutral, render
from queries.text_table import cell_width, text_table

COLUMNS = (Column("entity", "entity"), Column("value", "number"), Column("articles", "count", "articles"))


def backing(key: str, score: float | None, published: str = "2025-01-01", quote: str = "words") -> Backing:
    return Backing(
        key=key,
        statement="A supplies B",
        status="planned",
        polarity="affirmed",
        is_curated=score is None,
        quote=quote,
        score=score,
        title="Title",
        published=published,
        publisher="Wire",
        table="firms",
        source="register",
        since="1949",
    )


def answer(name: str = "Nvidia", **backings: Backing) -> Answer:
    return Answer(
        title="What is",
        columns=COLUMNS,
        rows=(Row((name, 0.123456, 3), tuple(backings)), Row((None, None, None))),
        filter="status actual",
        caveats=("rests on 1 claim",),
        query="asked()",
        backing=backings,
    )


def test_a_table() -> None:
    assert render(answer()) == (
        "What is\n"
        "entity   value  articles\n"
        "──────  ──────  ────────\n"
        "Nvidia  0.1235         3\n"
        "\n"
        "rests on 1 claim\n"
        "filter: status actual\n"
    )


def test_a_table_with_evidence_shows_the_best_three() -> None:
    found = {f"k{n}": backing(f"k{n}", n / 10, quote=f"quote {n}") for n in range(5)} | {"f": backing("f", None)}
    lines = render(answer(**found), evidence=True).splitlines()
    assert lines[4:8] == [
        "    “quote 4” (Title, Wire, 2025-01-01; planned, score 0.40)",
        "    “quote 3” (Title, Wire, 2025-01-01; planned, score 0.30)",
        "    “quote 2” (Title, Wire, 2025-01-01; planned, score 0.20)",
        "    and 3 more",
    ]


def test_evidence_comes_best_scored_first_then_newest_then_curated() -> None:
    found = {
        "a": backing("a", 0.5, "2024-01-01"),
        "b": backing("b", 0.5, "2025-01-01"),
        "c": backing("c", None, ""),
        "d": backing("d", 0.9, ""),
    }
    one = answer(**found)
    assert [b.key for b in one.evidence(one.rows[0])] == ["d", "b", "a", "c"]
    assert "curated (firms): A supplies B (since 1949, register)" in render(answer(c=found["c"]), evidence=True)


def test_json_has_everything() -> None:
    data = json.loads(render(answer(k=backing("k", 0.5)), "json", evidence=True))
    assert data["rows"][0] == {"entity": "Nvidia", "value": 0.123456, "articles": 3}
    assert data["columns"][2] == {"name": "articles", "kind": "count", "unit": "articles"}
    assert data["statements"] == [["k"], []]
    assert data["evidence"]["k"]["quote"] == "words"
    assert data["caveats"] == ["rests on 1 claim"]
    assert "evidence" not in json.loads(render(answer(), "json"))


def test_csv_has_a_line_for_each_piece_of_evidence() -> None:
    text = render(answer(k=backing("k", 0.5), m=backing("m", 0.4)), "csv", evidence=True)
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:3] == ["entity", "value", "articles"]
    assert [row[:3] for row in rows[1:]] == [["Nvidia", "0.123456", "3"]] * 2 + [["", "", ""]]
    assert {len(row) for row in rows} == {10}


def test_tsv_keeps_cells_on_their_line() -> None:
    assert render(answer("a\tb\nc"), "tsv").splitlines()[1] == "a b c\t0.123456\t3"


@pytest.mark.parametrize("name", ["=1+1", "+x", "-x", "@x"])
def test_csv_quotes_what_a_spreadsheet_would_compute(name: str) -> None:
    assert render(answer(name), "csv").splitlines()[1].startswith(f"'{name}")


HOSTILE = "a\x1b[2J\x9b31m\u202eb\x00\r\nc<script>"


@pytest.mark.parametrize("format", FORMATS)
def test_no_format_lets_a_name_steer_the_terminal(format: str) -> None:
    text = render(answer(HOSTILE, k=backing("k", 0.5, quote=HOSTILE)), format, evidence=True)
    assert not set(text) & set("\x1b\x9b\u202e\x00\r")
    if format == "json":
        assert json.loads(text)["rows"][0]["entity"] == HOSTILE


@given(st.text())
def test_neutral_text_is_one_line_without_controls(text: str) -> None:
    shown = neutral(text)
    assert len(shown.splitlines()) <= 1
    assert all(c.isprintable() or c in " \u00a0" or ord(c) > 0xA0 for c in shown)
    assert neutral(shown) == shown


def test_html_is_text_never_markup() -> None:
    fragment = html_table(answer("<script>alert(1)</script>"))
    assert "<script>" not in fragment
    assert "&lt;script&gt;" in fragment
    assert answer()._repr_html_() == html_table(answer())


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(QueryError, match="no format is called 'yaml'; there are table, json, csv, tsv"):
        render(answer(), "yaml")


def test_a_table_fits_the_terminal() -> None:
    rows = [["word " * 30, "other " * 10, "7"], ["芯片" * 20, "x", "12"]]
    lines = text_table(["long", "short", "n"], rows, right=[False, False, True], width=60)
    assert max(map(cell_width, lines)) <= 60
    assert sum(line.rstrip().endswith(" 7") for line in lines) == 1
    whole = text_table(["long", "short", "n"], rows, right=[False, False, True])
    assert len(whole) == 4


def test_color_is_bold_and_dim_and_nothing_else() -> None:
    assert render(answer(), color=True).startswith("\x1b[1mWhat is\x1b[0m\n")


def test_records_and_pandas_agree() -> None:
    frame = answer().to_pandas()
    assert list(frame.columns) == ["entity", "value", "articles"]
    assert frame.iloc[0].to_dict() == answer().records()[0]
