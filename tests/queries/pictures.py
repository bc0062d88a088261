"""Graphs to draw, for the tests of pictures."""

from queries.picture import PictureArticle, PictureClaim, PictureEdge, PictureGraph, PictureNode

E = "https://w3id.org/aigeo/entity/"
A = "https://w3id.org/aigeo/article/"
HOSTILE_TITLE = "</script><script>window.hurt = true</script><img src=x onerror='window.hurt = true'>"
HOSTILE_NAME = "Foundry <b>&amp;</b> \u2028 Sons"


def node(name: str, label: str = "FIRM", **more: object) -> PictureNode:
    return PictureNode(iri=E + name.casefold(), name=name, label=label, articles=1, degree=1, **more)  # type: ignore[arg-type]


def claim(article: str, quote: str = "They said so.", score: float = 0.9) -> PictureClaim:
    return PictureClaim(key=f"{article}-{quote[:4]}", article=A + article, quote=quote, score=score)


def edge(source: str, target: str, *claims: PictureClaim, relation: str = "supplies", **more: object) -> PictureEdge:
    return PictureEdge(
        source=E + source.casefold(),
        target=E + target.casefold(),
        relation=relation,
        inverse=f"inverse of {relation}",
        sources=len(claims),
        claims=claims,
        **more,  # type: ignore[arg-type]
    )


def small() -> PictureGraph:
    """Two firms, a country, an alliance; every kind of link; one hostile title, one hostile name, one bad address."""
    return PictureGraph(
        nodes=(
            node("Nvidia", aliases=("NVIDIA Corporation",)),
            PictureNode(iri=E + "foundry", name=HOSTILE_NAME, label="FIRM", articles=2, degree=3),
            node("Taiwan", "COUNTRY"),
            node("Bloc", "ALLIANCE"),
        ),
        edges=(
            edge("Foundry", "Nvidia", claim("old", "The foundry supplies Nvidia.", 0.6), claim("new")),
            edge("Nvidia", "Foundry", claim("undated", "Nvidia plans a stake."), relation="owns", status="planned"),
            edge("Foundry", "Taiwan", claim("new"), relation="is located in", polarity="negated"),
            edge("Nvidia", "Taiwan", claim("old"), relation="uses", status="ended"),
            edge("Taiwan", "Bloc", relation="is member of", curated=("memberships: member list, as of 2025-06",)),
        ),
        articles=(
            PictureArticle(A + "old", "Chips", "2024-01-15", "Daily Sample", "https://example.org/chips"),
            PictureArticle(A + "new", HOSTILE_TITLE, "2024-06-02", "Wire", "javascript:window.hurt=true"),
            PictureArticle(A + "undated", "A stake"),
        ),
    )


def wheel(count: int) -> PictureGraph:
    """Hubs with spokes and a ring: `count` nodes, about two links each."""
    names = [f"Firm {i:04}" for i in range(count)]
    hubs = max(1, count // 25)
    pairs = {(i, i % hubs) for i in range(hubs, count)} | {(i, (i * 7 + 1) % count) for i in range(count)}
    return PictureGraph(
        nodes=tuple(node(name, ("FIRM", "COUNTRY", "RESOURCE")[i % 3]) for i, name in enumerate(names)),
        edges=tuple(edge(names[i], names[j], claim("old", f"Quote {i} {j}.")) for i, j in sorted(pairs) if i != j),
        articles=(PictureArticle(A + "old", "Chips", "2024-01-15", "Daily Sample", "https://example.org/chips"),),
    )
