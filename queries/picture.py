"""A graph as one page: an interactive picture that opens from a file and asks no host for anything.

pyvis holds the nodes and edges and makes the page; the template, the style and the scripts are our own. Names and
quotes reach the page as JSON in script elements that no browser runs, and the page's scripts put them into the
document as text: nothing that an article says can become markup.
"""

import re
from base64 import b64encode
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError, RunError
from kg.terms import local_name
from kg.types import Polarity, Status

if TYPE_CHECKING:
    from pyvis.network import Network

__all__ = [
    "DEFAULT_LIMIT",
    "Picture",
    "PictureArticle",
    "PictureClaim",
    "PictureEdge",
    "PictureGraph",
    "PictureNode",
    "cut",
]

DEFAULT_LIMIT: Final = 300
# Up to here the page offers to let the nodes move; beyond it a browser stops answering for seconds.
MOST_FOR_PHYSICS: Final = 200
# What a fact that a person states weighs beside one that an independent source documents: it tells little of what
# the articles are about, and tables of memberships would else crowd the picture.
_CURATED_WEIGHT: Final = 0.05

_TEMPLATES: Final = Path(__file__).with_name("templates")
_SCRIPTS: Final = ("model.js", "canvas.js", "panel.js", "controls.js")


@dataclass(frozen=True, slots=True)
class PictureArticle:
    """What the page says of a source."""

    iri: str
    title: str
    published: str = ""  # ISO date; empty where it is not known
    publisher: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class PictureClaim:
    """One article's words for an edge."""

    key: str
    article: str  # IRI
    quote: str
    score: float
    concerns: str = ""  # name of the goods, technology or sector
    amount: str = ""
    time: str = ""
    attributed_to: str = ""  # name


@dataclass(frozen=True, slots=True)
class PictureNode:
    """An entity."""

    iri: str
    name: str
    label: str  # annotation label of its class, e.g. FIRM
    aliases: tuple[str, ...] = ()
    articles: int = 0  # that mention it
    degree: int = 0  # edges in the whole view, of which the picture may show fewer


@dataclass(frozen=True, slots=True)
class PictureEdge:
    """All that says one thing of two entities: same relation, same status, same polarity."""

    source: str  # IRI
    target: str
    relation: str  # read from source to target
    inverse: str  # read from target to source
    status: Status = "actual"
    polarity: Polarity = "affirmed"
    sources: int = 0  # independent ones
    statements: tuple[str, ...] = ()  # keys of the claims and curated facts behind it
    claims: tuple[PictureClaim, ...] = ()
    curated: tuple[str, ...] = ()  # where a person states it: one sentence a fact

    @property
    def weight(self) -> float:
        """How much the edge counts for what is relevant: once for every independent source."""
        return self.sources or _CURATED_WEIGHT


@dataclass(frozen=True, slots=True)
class PictureGraph:
    """What to draw."""

    nodes: tuple[PictureNode, ...]
    edges: tuple[PictureEdge, ...]
    articles: tuple[PictureArticle, ...] = ()
    focus: tuple[str, ...] = ()  # IRIs


def cut(graph: PictureGraph, *, depth: int = 1, limit: int = DEFAULT_LIMIT) -> tuple[PictureGraph, str]:
    """The most relevant part of a graph and, where more than `limit` nodes were asked for, a sentence that says so.

    With a focus: what lies at most `depth` edges away from it, the nearest first, then those with most documented
    edges. Without one: those with most documented edges. An edge counts once for every independent source, and
    nodes that lose all their edges are left out too.

    Raises QueryError for a limit or depth below 1.
    """
    if limit < 1:
        raise QueryError(f"a picture shows at least 1 entity, not {limit}")
    if depth < 1:
        raise QueryError(f"a depth is at least 1, not {depth}")
    distances = _distances(graph, depth)
    weights: defaultdict[str, float] = defaultdict(float)
    for edge in graph.edges:
        weights[edge.source] += edge.weight
        weights[edge.target] += edge.weight
    reached = sorted(
        (node for node in graph.nodes if node.iri in distances),
        key=lambda node: (distances[node.iri], -weights[node.iri], node.iri),
    )
    kept = {node.iri for node in reached[:limit]}
    edges = [edge for edge in graph.edges if edge.source in kept and edge.target in kept]
    tied = {end for edge in edges for end in (edge.source, edge.target)} | set(graph.focus)
    if len(reached) > limit:
        kept &= tied
    nodes = [node for node in graph.nodes if node.iri in kept]
    smaller = replace(
        graph,
        nodes=tuple(sorted(nodes, key=lambda node: node.iri)),
        edges=tuple(sorted(edges, key=lambda e: (e.source, e.target, e.relation, e.status, e.polarity))),
    )
    if len(reached) <= limit:
        return smaller, ""
    whole = sum(edge.source in distances and edge.target in distances for edge in graph.edges)
    order = "nearest to the focus and with most documented links" if graph.focus else "with most documented links"
    return smaller, (
        f"Shows {len(nodes):,} of {len(reached):,} entities, those {order}, and {len(edges):,} of {whole:,} links; "
        f"to see others choose a focus or a relation, or raise the limit of {limit:,}."
    )


def _distances(graph: PictureGraph, depth: int) -> dict[str, int]:
    """Edges from the focus to each node within reach, whatever their direction; 0 everywhere without a focus."""
    if not graph.focus:
        return {node.iri: 0 for node in graph.nodes}
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for edge in graph.edges:
        beside[edge.source].append(edge.target)
        beside[edge.target].append(edge.source)
    distances = dict.fromkeys(graph.focus, 0)
    queue = deque(graph.focus)
    while queue:
        here = queue.popleft()
        if distances[here] == depth:
            continue
        for there in beside[here]:
            if there not in distances:
                distances[there] = distances[here] + 1
                queue.append(there)
    return distances


@dataclass(frozen=True, slots=True)
class Picture:
    """A graph, cut to what can be shown, with the words around it."""

    graph: PictureGraph
    title: str
    notes: tuple[str, ...] = ()  # filter and caveats, one sentence each
    left_out: str = ""  # what the picture leaves out, in one sentence; empty where it is whole
    class_names: Mapping[str, str] | None = None  # annotation label -> words; None for the labels themselves

    def html(self) -> str:
        """The page. The same picture always gives the same text."""
        from jinja2 import Environment, FileSystemLoader
        from markupsafe import Markup
        from pyvis.network import Network

        network = Network(directed=True, cdn_resources="in_line")
        self._fill(network)
        network.options = _OPTIONS
        network.heading = self.title
        network.path = "graph.html.j2"
        network.templateEnv = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True)
        network.templateEnv.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
        style = (_TEMPLATES / "graph.css").read_text("utf-8")
        scripts = [_vis_network(), *((_TEMPLATES / name).read_text("utf-8") for name in _SCRIPTS)]
        network.templateEnv.globals.update(
            about=self._about(),
            style=Markup(style),
            scripts=[Markup(script) for script in scripts],
            style_hash=_csp_hash(style),
            script_hashes=[_csp_hash(script) for script in scripts],
        )
        page: str = network.generate_html()
        return page

    def write(self, path: Path) -> None:
        """Write the page in UTF-8 with Unix line ends on every platform."""
        path.write_text(self.html(), encoding="utf-8", newline="\n")

    def _fill(self, network: "Network") -> None:
        from queries.layout import positions

        graph = self.graph
        index = {node.iri: i for i, node in enumerate(graph.nodes)}
        weights: defaultdict[str, float] = defaultdict(float)
        for edge in graph.edges:
            weights[edge.source] += edge.weight
            weights[edge.target] += edge.weight
        radii = [round(min(7 + 3 * weights[node.iri] ** 0.5, 36), 1) for node in graph.nodes]
        places = positions(radii, [(index[edge.source], index[edge.target]) for edge in graph.edges])
        for node, radius, (x, y) in zip(graph.nodes, radii, places, strict=True):
            network.add_node(
                index[node.iri],
                label=node.name or local_name(node.iri),
                shape=_SHAPES.get(node.label, "dot"),
                group=node.label or "OTHER",
                x=x,
                y=y,
                size=radius,
                iri=node.iri,
                aliases=node.aliases,
                articles=node.articles,
                degree=node.degree,
            )
        numbers = {article.iri: i for i, article in enumerate(self._articles())}
        for edge in graph.edges:
            network.add_edge(
                index[edge.source],
                index[edge.target],
                width=round(1.2 + 0.9 * log2(max(edge.sources, 1)), 2),
                relation=edge.relation,
                inverse=edge.inverse,
                status=edge.status,
                polarity=edge.polarity,
                sources=edge.sources,
                curated=edge.curated,
                claims=[_claim_record(claim, numbers[claim.article]) for claim in edge.claims],
            )

    def _articles(self) -> list[PictureArticle]:
        """Those behind the picture's claims, by date, publisher and title."""
        cited = {claim.article for edge in self.graph.edges for claim in edge.claims}
        articles = (article for article in self.graph.articles if article.iri in cited)
        return sorted(articles, key=lambda a: (a.published, a.publisher, a.title, a.iri))

    def _about(self) -> dict[str, object]:
        iris = [node.iri for node in self.graph.nodes]
        return {
            "articles": [
                {key: value for key, value in asdict(article).items() if value} for article in self._articles()
            ],
            "classes": dict(self.class_names or {}),
            "focus": [iris.index(iri) for iri in self.graph.focus],
            "leftOut": self.left_out,
            "mostForPhysics": MOST_FOR_PHYSICS,
            "notes": list(self.notes),
            "title": self.title,
        }


def _claim_record(claim: PictureClaim, article: int) -> dict[str, object]:
    record = {key: value for key, value in asdict(claim).items() if value != ""}
    return record | {"article": article}


# Shape and colour (graph.css) together tell a class, so that neither has to alone.
_SHAPES: Final = {
    "COUNTRY": "dot",
    "ALLIANCE": "star",
    "GOVERNMENT": "square",
    "FIRM": "dot",
    "INSTITUTE": "square",
    "PERSON": "triangle",
    "FACILITY": "square",
    "SECTOR": "hexagon",
    "RESOURCE": "diamond",
    "MODEL": "hexagon",
    "TECHNOLOGY": "diamond",
    "POLICY": "triangleDown",
    "PLACE": "triangleDown",
    "RISK": "triangle",
    "GOAL": "star",
}

_OPTIONS: Final = {
    "edges": {
        "arrows": {"to": {"scaleFactor": 0.55}},
        "font": {"align": "middle", "size": 12},
        "selectionWidth": 1.5,
        "smooth": False,
    },
    "interaction": {
        "hover": True,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "multiselect": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 3_600_000,
    },
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3},
    "physics": {"enabled": False, "solver": "forceAtlas2Based"},
}


def _csp_hash(text: str) -> str:
    """The source expression of Content-Security-Policy that admits this inline script or style and no other."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _vis_network() -> str:
    """The script of vis-network, as pyvis brings it, with Unix line ends as a browser hashes it."""
    import pyvis

    found = sorted(Path(pyvis.__file__).parent.glob("templates/lib/vis-*/vis-network.min.js"))
    if not found:
        raise RunError(f"pyvis in {Path(pyvis.__file__).parent} brings no vis-network.min.js: install pyvis 0.3.2")
    # Developer tools would ask for the map beside the page, where there is none.
    return re.sub(r"\n//# sourceMappingURL=.*", "", found[-1].read_text("utf-8"))
