import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import pytest

from kg.errors import QueryError
from queries.charts import MOST_SERIES, bar_chart, line_chart, radar_chart

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("x")</script>\u202eevil'
AXES = ("chips", "cloud", "talent")


def lines(svg: str) -> list[str]:
    """The strokes of the series."""
    return [p.attrib["d"] for p in ElementTree.fromstring(svg).iter(f"{SVG}path") if p.attrib.get("fill") == "none"]


@pytest.mark.parametrize(
    "svg",
    [
        line_chart(HOSTILE, ["2024", HOSTILE], {HOSTILE: [1.0, 2.0]}, value_label=HOSTILE),
        radar_chart(HOSTILE, [HOSTILE, "b", "c"], {HOSTILE: [0.5, None, 1.0]}),
        bar_chart(HOSTILE, {HOSTILE: 3.0}, unit=HOSTILE),
    ],
)
def test_names_are_text_and_nothing_is_fetched(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "style",
        "text",
        "path",
        "polygon",
        "circle",
        "rect",
    }
    assert "\u202e" not in svg
    assert not any(name.startswith("on") or "href" in name for e in root.iter() for name in e.attrib)
    assert root.attrib["role"] == "img"
    assert "prefers-color-scheme:dark" in svg
    assert root[0].text == HOSTILE.replace("\u202e", "�")


def test_a_gap_breaks_the_line() -> None:
    whole, broken = lines(line_chart("t", ["1", "2", "3"], {"whole": [1, 2, 3], "broken": [1, None, 3]}))
    assert whole.count("L") == 2
    assert broken.count("L") == 0


def test_rank_one_stands_at_the_top() -> None:
    drawn = lines(line_chart("t", ["1", "2"], {"up": [5, 1]}, is_rank=True))[0]
    start, end = (float(point.split()[1]) for point in drawn.removeprefix("M").split("L"))
    assert end < start


def test_a_radar_leaves_what_is_unknown_open() -> None:
    svg = radar_chart("t", AXES, {"ada": [1.0, 0.5, None], "bel": [0.0, 0.5, None]})
    assert "talent (no data)" in svg
    assert [drawn.count("L") for drawn in lines(svg)] == [1, 1]
    closed = radar_chart("t", AXES, {"ada": [1.0, 0.5, 0.0], "bel": [1.0, None, 0.0]})
    assert "cloud (1 no data)" in closed
    assert [drawn.count("L") for drawn in lines(closed)] == [3, 1]


def test_equal_input_gives_equal_bytes() -> None:
    assert radar_chart("t", AXES, {"a": [1 / 3] * 3}) == radar_chart("t", AXES, {"a": [1 / 3] * 3})


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: line_chart("t", [], {}), "nothing to draw"),
        (lambda: line_chart("t", ["1"], {"a": [None]}), "nothing to draw"),
        (lambda: line_chart("t", ["1"], {"a": [1, 2]}), "'a' has 2 values where the chart has 1 points"),
        (lambda: line_chart("t", ["1"], {str(n): [1.0] for n in range(MOST_SERIES + 1)}), "ask for fewer"),
        (lambda: radar_chart("t", ["a", "b"], {"x": [1, 1]}), "at least three axes, not 2"),
        (lambda: radar_chart("t", AXES, {"x": [1.5, 0, 0]}), "from 0 to 1, not 1.5"),
        (lambda: bar_chart("t", {}), "nothing to draw"),
        (lambda: bar_chart("t", {"a": -1}), "-1 is below 0"),
    ],
)
def test_what_cannot_be_drawn(draw: Callable[[], str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        draw()
