from ingest.extract.both import BothExtractor, merge
from ingest.seeds import Seeds
from kg.ontology import load_ontology
from kg.types import Extraction, Mention, Reading

NVIDIA = Mention(0, 6, "FIRM", "Nvidia", "e:nvidia")
CHINA = Mention(13, 18, "COUNTRY", "China", "e:china")
CHIPS = Mention(22, 27, "RESOURCE", "chip", "e:chip")
LONG = Mention(10, 18, "POLICY", "to China", "e:long")
SYMMETRIC = frozenset({"partnersWith"})


def reading(head, relation, tail, score, **more):
    return Reading(head, relation, tail, 0, 18, score, rule="r", **more)


def test_what_both_read_scores_higher_than_either():
    first = Extraction((NVIDIA, CHINA), (reading(0, "supplies", 1, 0.6),))
    second = Extraction((NVIDIA, CHINA), (reading(0, "supplies", 1, 0.5),))
    (found,) = merge(first, second, SYMMETRIC).readings
    assert (found.score, found.rule) == (0.8, "r; and r")


def test_a_symmetric_reading_agrees_either_way_round():
    first = Extraction((NVIDIA, CHINA), (reading(0, "partnersWith", 1, 0.5),))
    second = Extraction((NVIDIA, CHINA), (reading(1, "partnersWith", 0, 0.5),))
    assert len(merge(first, second, SYMMETRIC).readings) == 1


def test_what_one_reads_is_kept_with_its_mentions():
    first = Extraction((NVIDIA,), ())
    second = Extraction((CHINA, CHIPS), (reading(0, "uses", 1, 0.5, concerns=1),))
    found = merge(first, second, SYMMETRIC)
    assert found.mentions == (NVIDIA, CHINA, CHIPS)
    assert [(r.head, r.tail, r.concerns) for r in found.readings] == [(1, 2, 2)]


def test_a_mention_that_overlaps_one_of_the_first_goes_with_its_readings():
    first = Extraction((NVIDIA, CHINA), ())
    second = Extraction((NVIDIA, LONG), (reading(0, "adopts", 1, 0.9),))
    assert merge(first, second, SYMMETRIC) == Extraction((NVIDIA, CHINA), ())


def test_texts_are_read_in_order():
    class Fixed:
        def __init__(self, name, found):
            self.name, self._found = name, found

        def extract(self, texts):
            return (self._found for _ in texts)

    one, two = Fixed("a/1", Extraction((NVIDIA,), ())), Fixed("b/1", Extraction((CHINA,), ()))
    both = BothExtractor(Seeds((), (), "sha256:0"), load_ontology(), (one, two))
    assert both.name == "both/a/1+b/1"
    assert list(both.extract(["x", "y"])) == [Extraction((NVIDIA, CHINA), ())] * 2
