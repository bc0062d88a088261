import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest

from kg.errors import QueryError
from queries.picture import Picture, PictureGraph, cut
from tests.queries.pictures import HOSTILE_TITLE, E, claim, edge, node, small, wheel


def page_of(graph: PictureGraph, **more: object) -> str:
    return Picture(cut(graph)[0], "A <title> & more", **more).html()  # type: ignore[arg-type]


def data_of(page: str, name: str) -> object:
    found = re.search(rf'<script type="application/json" id="{name}-data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def markup_of(page: str) -> str:
    """The page without the text of its scripts and styles."""
    return re.sub(r"(<(script|style)[^>]*>).*?(</\2>)", r"\1\3", page, flags=re.DOTALL)


def test_the_same_graph_gives_the_same_page_in_any_order() -> None:
    graph = small()
    turned = replace(graph, nodes=graph.nodes[::-1], edges=graph.edges[::-1], articles=graph.articles[::-1])
    assert page_of(graph) == page_of(turned)


def test_data_cannot_leave_its_script() -> None:
    page = page_of(small())
    assert page.count("</script") == 9
    assert HOSTILE_TITLE not in page
    assert "\u2028" not in page
    about = data_of(page, "about")
    assert isinstance(about, dict)
    assert HOSTILE_TITLE in [article["title"] for article in about["articles"]]


def test_title_and_notes_are_text() -> None:
    page = page_of(small(), notes=("<b>note</b>",), left_out="<i>cut</i>")
    assert "<h1>A &lt;title&gt; &amp; more</h1>" in page
    assert "<p>&lt;b&gt;note&lt;/b&gt;</p>" in page
    assert "&lt;i&gt;cut&lt;/i&gt;</p>" in page


def test_the_page_names_no_resource_of_any_host() -> None:
    markup = markup_of(page_of(small()))
    assert "http:" not in markup
    assert "https:" not in markup
    assert not re.search(r"<(link|img|iframe|object|embed|base|form)\b|\bsrc=|\bhref=|url\(", markup)


def test_only_the_scripts_of_the_page_may_run() -> None:
    page = page_of(small())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    for text in re.findall(r"<script>(.*?)</script>|<style>(.*?)</style>", page, re.DOTALL):
        digest = b64encode(sha256("".join(text).encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]


def test_vis_network_comes_whole_and_asks_for_no_map() -> None:
    page = page_of(small())
    assert "vis.js is dual licensed" in page
    assert "sourceMappingURL" not in page


def test_nodes_and_edges_carry_what_the_page_shows() -> None:
    page = page_of(small())
    nodes, edges = data_of(page, "nodes"), data_of(page, "edges")
    assert isinstance(nodes, list)
    assert isinstance(edges, list)
    assert [n["iri"] for n in nodes] == sorted(n["iri"] for n in nodes)
    planned = next(e for e in edges if e["relation"] == "owns")
    assert (planned["status"], planned["claims"][0]["quote"]) == ("planned", "Nvidia plans a stake.")
    member = next(e for e in edges if e["relation"] == "is member of")
    assert (member["curated"], member["claims"]) == (["memberships: member list, as of 2025-06"], [])


def test_more_sources_make_a_thicker_line() -> None:
    edges = data_of(page_of(small()), "edges")
    assert isinstance(edges, list)
    width = {e["relation"]: e["width"] for e in edges}
    assert width["supplies"] > width["owns"] == width["is member of"]


def test_a_whole_graph_leaves_nothing_out() -> None:
    graph, left_out = cut(small())
    assert (len(graph.nodes), len(graph.edges), left_out) == (4, 5, "")


def test_a_cut_keeps_the_most_documented_and_says_so() -> None:
    graph = PictureGraph(
        nodes=tuple(node(name) for name in ("a", "b", "c", "d")),
        edges=(
            edge("a", "b", claim("1"), claim("2")),
            edge("b", "c", claim("1")),
            edge("c", "d", curated=("x",)),
        ),
    )
    smaller, left_out = cut(graph, limit=2)
    assert [n.iri for n in smaller.nodes] == [E + "a", E + "b"]
    assert left_out == (
        "Shows 2 of 4 entities, those with most documented links, and 1 of 3 links; "
        "to see others choose a focus or a relation, or raise the limit of 2."
    )


def test_a_cut_drops_what_lost_all_its_links() -> None:
    graph = PictureGraph(
        nodes=tuple(node(name) for name in "abcdef"),
        edges=(
            edge("a", "b", claim("1"), claim("2"), claim("3")),
            *(edge("c", end, claim("1")) for end in "def"),
        ),
    )
    smaller, _ = cut(graph, limit=3)
    assert [n.iri for n in smaller.nodes] == [E + "a", E + "b"]


@pytest.mark.parametrize(("depth", "expected"), [(1, "ab"), (2, "abc"), (9, "abcd")])
def test_a_focus_reaches_as_far_as_its_depth(depth: int, expected: str) -> None:
    graph = PictureGraph(
        nodes=tuple(node(name) for name in "abcdxy"),
        edges=(edge("b", "a"), edge("b", "c"), edge("d", "c"), edge("x", "y", claim("1"))),
        focus=(E + "a",),
    )
    smaller, left_out = cut(graph, depth=depth)
    assert "".join(n.name for n in smaller.nodes) == expected
    assert left_out == ""


def test_near_the_focus_goes_before_much_documented() -> None:
    graph = PictureGraph(
        nodes=tuple(node(name) for name in "abcd"),
        edges=(edge("a", "b"), edge("b", "c", claim("1"), claim("2")), edge("c", "d", claim("1"), claim("2"))),
        focus=(E + "a",),
    )
    smaller, left_out = cut(graph, depth=3, limit=2)
    assert "".join(n.name for n in smaller.nodes) == "ab"
    assert "nearest to the focus" in left_out


def test_a_focus_without_links_is_drawn_alone() -> None:
    graph = replace(small(), nodes=(*small().nodes, node("Alone")), focus=(E + "alone",))
    smaller, _ = cut(graph)
    assert [n.name for n in smaller.nodes] == ["Alone"]
    assert "Alone" in Picture(smaller, "Alone").html()


@pytest.mark.parametrize("bad", [{"limit": 0}, {"depth": 0}])
def test_a_limit_or_depth_below_one_is_refused(bad: dict[str, int]) -> None:
    with pytest.raises(QueryError, match="at least 1"):
        cut(small(), **bad)


def test_a_class_that_the_page_does_not_know_is_drawn_all_the_same() -> None:
    page = page_of(PictureGraph(nodes=(node("a", "COMET"), node("b", "")), edges=(edge("a", "b"),)))
    assert '"group":"COMET"' in page
    assert '"group":"OTHER"' in page


def test_a_thousand_nodes_make_one_page() -> None:
    smaller, _ = cut(wheel(1000), limit=1000)
    assert 400_000 < len(Picture(smaller, "Large").html()) < 3_000_000
