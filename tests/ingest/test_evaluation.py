"""The figures, on items small enough to count by hand."""

from ingest.annotation import Item, ItemEntity, ItemRelation
from ingest.evaluation import evaluate
from kg.ontology import load_ontology

TEXT = "Nvidia sells to TSMC, and TSMC partners with Arm."
NVIDIA, TSMC = ItemEntity("FIRM", "Nvidia", 0, 6), ItemEntity("FIRM", "TSMC", 16, 20)
TSMC2, ARM = ItemEntity("FIRM", "TSMC", 26, 30), ItemEntity("FIRM", "Arm", 45, 48)
ENTITIES = (NVIDIA, TSMC, TSMC2, ARM)
GOLD = Item(TEXT, ENTITIES, (ItemRelation(0, "supplies", 1), ItemRelation(2, "partnersWith", 3, status="planned")))


def figures(*relations: ItemRelation, entities: tuple[ItemEntity, ...] = ENTITIES) -> dict[str, tuple[int, int, int]]:
    scores = evaluate([GOLD], [Item(TEXT, entities, relations)], load_ontology())
    return {name: (f.right, f.read, f.gold) for name, f in scores.total.items()}


def test_what_is_equal_is_right() -> None:
    assert figures(*GOLD.relations) == {
        "mention": (4, 4, 4),
        "relation": (2, 2, 2),
        "fact": (2, 2, 2),
        "qualified": (2, 2, 2),
    }


def test_a_fact_counts_by_name_wherever_it_stands() -> None:
    found = figures(ItemRelation(0, "supplies", 2))
    assert (found["relation"], found["fact"]) == ((0, 1, 2), (1, 1, 2))


def test_a_symmetric_relation_counts_either_way_round_and_others_do_not() -> None:
    assert figures(ItemRelation(3, "partnersWith", 2))["relation"] == (1, 1, 2)
    assert figures(ItemRelation(1, "supplies", 0))["fact"] == (0, 1, 2)


def test_status_counts_among_the_qualified_alone() -> None:
    found = figures(ItemRelation(2, "partnersWith", 3))
    assert (found["fact"], found["qualified"]) == ((1, 1, 2), (0, 1, 2))


def test_a_mention_needs_its_label() -> None:
    assert figures(entities=(ItemEntity("PLACE", "Nvidia", 0, 6),))["mention"] == (0, 1, 4)


def test_an_unread_text_counts_as_empty_and_texts_without_facts_are_counted() -> None:
    silent = Item("Nothing is said.")
    scores = evaluate([GOLD, silent, Item("Nor here.")], [Item("Nor here.", ENTITIES, GOLD.relations)], load_ontology())
    assert (scores.empty_items, scores.kept_empty) == (2, 1)
    assert scores.total["fact"].recall == 0.0
    assert scores.total["mention"].precision == 0.0
