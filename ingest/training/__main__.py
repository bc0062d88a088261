"""Train the learned extractor and write its model folder.

python -m ingest.training --data corpus/annotated [--also PATH ...] --out ingest/model
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from pickle import UnpicklingError
from random import Random

import numpy as np
import torch
from spacy.tokens import Doc

from ingest.annotation import Item
from ingest.evaluation import evaluate, item_of
from ingest.extract.assemble import FEATURES, assemble
from ingest.extract.calibrate import count_paths
from ingest.extract.hints import load_patterns
from ingest.extract.joint import JointReader
from ingest.extract.lexis import load_lexis
from ingest.extract.mentions import Lexicon, build_lexicon, find_mentions
from ingest.extract.naming import Namer, key_of, write_names
from ingest.extract.network import ModelInfo, Network, load_network
from ingest.extract.relations import RelationReader
from ingest.extract.triggers import write_scores
from ingest.extract.wordpiece import WordPiece, load_wordpiece
from ingest.nlp import build_splitter
from ingest.seeds import DEFAULT_SEEDS, Seeds, load_seeds
from ingest.training.calibration import cross_scores, fit_calibration, reliability, threshold_for
from ingest.training.card import CardFacts, write_card
from ingest.training.data import NamePool, hold_back, load_passages, read_folder, schema_task, to_sample, vary
from ingest.training.export import export
from ingest.training.judge import fact_rows, judge, qualifiers_right, read_all, rules_are_better
from ingest.training.loop import Settings, fit, seed_all
from ingest.training.losses import Task
from ingest.training.model import Model, load_pretrained
from ingest.training.samples import Sample
from ingest.training.start import encoder_folder
from ingest.training.torch_network import TorchNetwork
from kg.errors import KgError, RunError
from kg.ontology import DEFAULT_ONTOLOGY, Ontology, load_ontology
from kg.types import Mention

__all__ = ["main"]

PRECISION = 0.70  # on held-back text, of what the default threshold lets through
LEAN = 0.5  # towards the tags that word lists propose; of 0 to 4 the best on held-back text, see EXPERIMENTS.md
RULED = ("COUNTRY", "DATE", "MONEY", "QUANTITY")  # classes that rules know as a whole, so they may overrule the tagger
_VALUES = ("MONEY", "DATE", "QUANTITY")


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        train(options)
    except KgError as error:
        print(error, file=sys.stderr)
        return 3
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest.training", description="Train the learned extractor.")
    parser.add_argument("--data", nargs="+", type=Path, required=True, help="annotated text: files or folders")
    parser.add_argument("--also", nargs="*", type=Path, default=[], help="further annotated text")
    parser.add_argument("--also-times", type=int, default=1, help="how often an epoch shows the further text")
    parser.add_argument("--out", type=Path, required=True, help="model folder")
    parser.add_argument(
        "--start", type=Path, help="weights to start from: of `ingest.training.pretrain` or kept before"
    )
    parser.add_argument("--public", action="store_true", help="say in the card that the start saw public corpora")
    parser.add_argument("--weights", type=Path, help="keep the best weights here; `--start` takes them up again")
    parser.add_argument("--ontology", type=Path, default=DEFAULT_ONTOLOGY)
    parser.add_argument("--seeds", type=Path, default=DEFAULT_SEEDS)
    parser.add_argument("--epochs", type=int, default=8, help="0: write the model folder from the start as it is")
    parser.add_argument("--rate", type=float, default=2e-4, help="highest learning rate of the encoder")
    parser.add_argument("--patience", type=int, default=2, help="epochs without a better figure before it stops")
    parser.add_argument("--held-back", type=float, default=0.08, help="share of the text to judge by")
    parser.add_argument("--minutes", type=float, help="end after so long, whatever the epochs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--name", default="learned/1")
    return parser


def train(options: argparse.Namespace) -> None:
    """Everything from annotated text to the model folder. Raises KgError for what the user can mend."""
    torch.set_num_threads(1)
    seed_all(options.seed)
    started = time.monotonic()
    ontology, seeds = load_ontology(options.ontology), load_seeds(options.seeds)
    items = read_folder(options.data, ontology)
    further = read_folder(options.also, ontology) if options.also else []
    kept, held = hold_back([*items, *further], options.held_back, options.seed)
    is_further = {item.id + item.text for item in further}
    times = [options.also_times if item.id + item.text in is_further else 1 for item in kept]
    lexicon = build_lexicon(seeds)
    folder = encoder_folder()
    wordpiece = load_wordpiece(folder / "vocab.txt")
    task = schema_task(kept, ontology)
    passages = load_passages(kept, lexicon, ontology) if options.epochs else []
    samples = [to_sample(passage, task, wordpiece, ontology) for passage in passages]
    pool = NamePool(kept, task.labels, wordpiece)
    print(
        f"{len(kept)} passages to learn from, {len(held)} to judge by, {time.monotonic() - started:.0f} s", flush=True
    )

    model = Model({task.name: task.labels}, len(wordpiece))
    load_pretrained(model.encoder, folder)
    if options.start is not None:
        _load(model, options.start)
    names = learn_names(kept)
    parts = _Parts(ontology, seeds, lexicon, wordpiece, task, names, kept)
    best: dict[str, torch.Tensor] = {}
    best_figure, since = -1.0, 0

    def draw(epoch: int) -> dict[str, list[Sample]]:
        rng = Random(f"{options.seed}:{epoch}")
        shown = [sample for sample, count in zip(samples, times, strict=True) for _ in range(count)]
        return {task.name: [vary(s, pool, rng, swap=0.6 if rng.random() < 0.5 else 0.0) for s in shown]}

    def after_epoch(epoch: int, loss: float, seconds: float) -> bool:
        nonlocal best, best_figure, since
        reader = parts.reader(TorchNetwork(model, task.name), _bare_info(task, options.name))
        found = judge(held, read_all(reader, held), ontology)
        figures = ", ".join(
            f"{name} {f.f1:.3f} ({f.precision:.2f}/{f.recall:.2f})"
            for name, f in (("mention", found.mention), ("relation", found.relation), ("fact", found.fact))
        )
        print(
            f"epoch {epoch + 1} of {options.epochs}: loss {loss:.3f}, held back: {figures}, {seconds:.0f} s", flush=True
        )
        figure = found.mention.f1 + found.fact.f1
        since = 0 if figure > best_figure else since + 1
        if since == 0:
            best_figure = figure
            best = {name: weights.detach().clone() for name, weights in model.state_dict().items()}
            if options.weights is not None:
                torch.save(best, options.weights)
        return bool(since >= options.patience)

    if options.epochs:
        settings = Settings(options.epochs, options.rate, 5 * options.rate, seed=options.seed, minutes=options.minutes)
        fit(model, [task], draw, settings, after_epoch)
        model.load_state_dict(best)
    finish(model, parts, held, _Origin(options.name, options.seed, options.public), options.out)
    print(f"done in {time.monotonic() - started:.0f} s")


def finish(model: Model, parts: "_Parts", held: Sequence[Item], origin: "_Origin", out: Path) -> None:
    """Export, calibrate the exported network on held-back text, and write what stands beside the weights."""
    out.mkdir(parents=True, exist_ok=True)
    export(model, parts.task.name, out)
    shutil.copyfile(encoder_folder() / "vocab.txt", out / "vocab.txt")
    write_names(parts.names, out / "names.tsv")
    (out / "patterns.tsv").write_bytes(parts.patterns)
    network, info = load_network(out), replace(_bare_info(parts.task, origin.name), lean=LEAN)
    nlp = build_splitter()
    docs = [nlp(item.text) for item in held]
    tagged = [parts.reader(network, info).read(doc).mentions for doc in docs]
    listed = [parts.listed(doc) for doc in docs]
    ruled = [label for label in RULED if label in info.classes and rules_are_better(label, held, tagged, listed)]
    info = replace(info, ruled=tuple(ruled))
    readings = [parts.reader(network, info).read(doc) for doc in docs]
    features, relations, right = fact_rows(held, readings, parts.ontology)
    if not right.any():
        raise RunError(f"the network reads no fact in the {len(held)} passages held back; give it more text or epochs")
    calibration = fit_calibration(features, relations, right)
    scores = cross_scores(features, relations, right)
    info = replace(
        info,
        calibration={"weights": calibration.weights, "offsets": calibration.offsets, "features": FEATURES},
        threshold=threshold_for(scores, right, PRECISION),
    )
    (out / "model.json").write_text(json.dumps(info.to_json(), indent=1) + "\n", encoding="utf-8")
    read = [
        item_of(doc.text, assemble(doc.text, reading, info, parts.ontology, info.threshold))
        for doc, reading in zip(docs, readings, strict=True)
    ]
    figures = evaluate(held, read, parts.ontology)
    card = CardFacts(
        name=origin.name,
        learned=parts.kept,
        held=held,
        scores=figures,
        qualified=qualifiers_right(held, read, parts.ontology),
        threshold=info.threshold,
        precision=PRECISION,
        bins=reliability(scores, right),
        seed=origin.seed,
        used_public=origin.used_public,
    )
    (out / "MODEL_CARD.md").write_text(write_card(card), encoding="utf-8")
    for name, figure in figures.total.items():
        print(f"{name}: precision {figure.precision:.3f}, recall {figure.recall:.3f}, F1 {figure.f1:.3f}")


@dataclass(frozen=True, slots=True)
class _Origin:
    """How the weights came to be."""

    name: str
    seed: int
    used_public: bool


def _load(model: Model, path: Path) -> None:
    try:
        _, unexpected = model.load_state_dict(torch.load(path, weights_only=True), strict=False)
    except (OSError, RuntimeError, UnpicklingError) as error:
        raise RunError(f"{path} holds no weights of this network: {str(error).splitlines()[0]}") from error
    if unexpected:
        raise RunError(f"{path} holds no weights of this network: it has {unexpected[0]}")


def learn_names(items: Sequence[Item]) -> dict[tuple[str, str], str]:
    """The canonical name that a surface of a class has in more than half of the places where it stands."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for item in items:
        for entity in item.entities:
            if entity.start is not None and entity.label not in _VALUES:
                seen[entity.label, key_of(item.text[entity.start : entity.end])][entity.name] += 1
    names = {}
    for key, counts in seen.items():
        name, count = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if 2 * count > counts.total() and "\t" not in name and "\t" not in key[1]:
            names[key] = name
    return names


def _bare_info(task: Task, name: str) -> ModelInfo:
    labels = task.labels
    admits = (
        task.admits
        if task.admits is not None
        else np.ones((len(labels.relations), len(labels.classes), len(labels.classes)), bool)
    )
    points = (
        task.pointer_classes
        if task.pointer_classes is not None
        else np.zeros((len(labels.pointers), len(labels.classes)), bool)
    )
    return ModelInfo(
        name,
        labels.classes,
        labels.relations,
        labels.statuses,
        labels.polarities,
        labels.pointers,
        admits,
        points,
        calibration={},
        threshold=0.0,
    )


class _Parts:
    """What the run time needs beside the network, made from the text to learn from alone."""

    def __init__(
        self,
        ontology: Ontology,
        seeds: Seeds,
        lexicon: Lexicon,
        wordpiece: WordPiece,
        task: Task,
        names: dict[tuple[str, str], str],
        kept: Sequence[Item],
    ) -> None:
        self.ontology, self.task, self.names, self.kept = ontology, task, names, kept
        self._lexicon, self._wordpiece = lexicon, wordpiece
        self._symmetric = frozenset(r.name for r in ontology.relations.values() if r.symmetric)
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "patterns.tsv"
            write_patterns(kept, ontology, self._symmetric, path)
            self.patterns = path.read_bytes()
            self._triggers = load_patterns(ontology, path)
        self._patterns = RelationReader(self._triggers, load_lexis(), ontology)
        self._namer = Namer(seeds, names)

    def listed(self, doc: Doc) -> list[Mention]:
        """Mentions that word lists and rules find."""
        return find_mentions(doc, self._lexicon)

    def reader(self, network: Network, info: ModelInfo) -> JointReader:
        """A reader with this network."""
        return JointReader(
            network, info, self._wordpiece, self._lexicon, self._patterns, self._triggers, self._namer, self._symmetric
        )


def write_patterns(items: Sequence[Item], ontology: Ontology, symmetric: frozenset[str], path: Path) -> None:
    """Count on these items how often each path was right."""
    bare = load_patterns(ontology, None)
    write_scores(count_paths(items, RelationReader(bare, load_lexis(), ontology), symmetric), path, bare.paths)


if __name__ == "__main__":
    raise SystemExit(main())
