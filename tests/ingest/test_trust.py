"""How far a mention is to be trusted."""

import pytest

from ingest.annotation import Item, ItemEntity
from ingest.extract.trust import Trust, count_mentions, load_trust
from kg.types import Mention

CHIP = Mention(0, 5, "RESOURCE", "chip", "entity:chip")


def test_words_that_are_often_right_are_trusted_more_than_their_class_and_others_less() -> None:
    trust = Trust({("RESOURCE", ""): (100, 70), ("RESOURCE", "chips"): (50, 50), ("RESOURCE", "power"): (50, 5)})
    assert trust.share(CHIP, "Chips") > 0.9
    assert trust.share(CHIP, "unseen") == pytest.approx(0.7)
    assert trust.share(CHIP, "power") < 0.2


def test_a_class_without_counts_is_trusted_a_little() -> None:
    assert 0.0 < Trust({}).share(CHIP, "chips") < 1.0


def test_a_mention_counts_as_right_with_its_span_class_and_name() -> None:
    item = Item("Chips and chips", (ItemEntity("RESOURCE", "chip", 0, 5), ItemEntity("SECTOR", "chip", 10, 15)))
    wrong = Mention(10, 15, "RESOURCE", "chip", "entity:chip")
    assert count_mentions([(item, [CHIP, wrong], 1)]) == {("RESOURCE", ""): (2, 1), ("RESOURCE", "chips"): (2, 1)}


def test_the_shares_that_come_with_the_extractor_are_shares() -> None:
    counts = load_trust().counts
    assert len(counts) > 1000
    assert all(0 <= right <= seen for seen, right in counts.values())
