"""Status, polarity, goods, amount, time and claimant of a fact."""

import pytest

from tests.ingest.test_relations import read

STANDING = [
    ("[TSMC|FIRM] builds a [fab|FACILITY].", "builds", "actual", "affirmed"),
    ("[TSMC|FIRM] will build a [fab|FACILITY].", "builds", "planned", "affirmed"),
    ("[TSMC|FIRM] plans to build a [fab|FACILITY].", "builds", "planned", "affirmed"),
    ("[TSMC|FIRM] announced plans to build a [fab|FACILITY].", "builds", "planned", "affirmed"),
    ("[TSMC|FIRM], which grows, plans to build a [fab|FACILITY].", "builds", "planned", "affirmed"),
    ("[TSMC|FIRM] plans to build a [fab|FACILITY] in [Japan|COUNTRY].", "locatedIn", "planned", "affirmed"),
    ("[TSMC|FIRM] may build a [fab|FACILITY].", "builds", "planned", "affirmed"),
    ("[TSMC|FIRM] is expected to build a [fab|FACILITY].", "builds", "planned", "affirmed"),
    ("[TSMC|FIRM] will not build a [fab|FACILITY].", "builds", "planned", "negated"),
    ("[TSMC|FIRM] has never made [chips|RESOURCE].", "manufactures", "actual", "negated"),
    ("[TSMC|FIRM] no longer makes [chips|RESOURCE].", "manufactures", "ended", "affirmed"),
    ("[TSMC|FIRM] stopped making [chips|RESOURCE].", "manufactures", "ended", "affirmed"),
    ("[TSMC|FIRM] refused to make [chips|RESOURCE].", "manufactures", "actual", "negated"),
    ("[Italy|COUNTRY] left the [Quad|ALLIANCE].", "memberOf", "ended", "affirmed"),
    ("[ASML|FIRM] cannot sell [scanners|RESOURCE] to [China|COUNTRY].", "supplies", "actual", "negated"),
    (
        "The [U.S.|COUNTRY|United States] barred [ASML|FIRM] from selling [scanners|RESOURCE] to [China|COUNTRY].",
        "supplies",
        "actual",
        "negated",
    ),
]


@pytest.mark.parametrize(("markup", "relation", "status", "polarity"), STANDING)
def test_status_and_polarity(markup: str, relation: str, status: str, polarity: str) -> None:
    found = {r.relation: (r.status, r.polarity) for r in read(markup)[1]}
    assert found[relation] == (status, polarity)


def test_goods_of_a_sale() -> None:
    mentions, readings = read("[Nvidia|FIRM] sold [chips|RESOURCE] to [Humain|FIRM] in [2025|DATE].")
    (sale,) = [r for r in readings if r.relation == "supplies"]
    assert sale.concerns is not None
    assert mentions[sale.concerns].name == "chips"
    assert sale.time is not None
    assert mentions[sale.time].name == "2025"


def test_amount_of_an_investment() -> None:
    mentions, readings = read("[MGX|FIRM] invested [$5 billion|MONEY] in [OpenAI|FIRM].")
    (investment,) = [r for r in readings if r.relation == "investsIn"]
    assert investment.amount is not None
    assert mentions[investment.amount].name == "$5 billion"


@pytest.mark.parametrize(
    "markup",
    [
        "[Reuters|FIRM] reported that [TSMC|FIRM] makes [chips|RESOURCE].",
        "[TSMC|FIRM] makes [chips|RESOURCE], according to [Reuters|FIRM].",
        "According to [Reuters|FIRM], [TSMC|FIRM] makes [chips|RESOURCE].",
    ],
)
def test_a_claim_is_attributed(markup: str) -> None:
    mentions, readings = read(markup)
    (reading,) = [r for r in readings if r.relation == "manufactures"]
    assert reading.attributed_to is not None
    assert mentions[reading.attributed_to].name == "Reuters"


def test_what_a_firm_says_of_itself_is_not_attributed() -> None:
    _, readings = read("[TSMC|FIRM] said that it makes [chips|RESOURCE].")
    assert [r.attributed_to for r in readings if r.relation == "manufactures"] == [None]
