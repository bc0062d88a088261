"""What a country's compute and its layers rest on, read from a view: the ground of `queries.sovereignty`.

What articles leave open is decided once, here:

- A country acts through what has its seat or stands in it. Whoever provides is at home where it has its seat, a person
  nowhere; an alliance is its own home, and allied to its members. A curated seat goes before those of articles.
- A dependence is a pair of who depends and who provides, however many articles and goods it is documented with.
- Who uses a product depends on its vendor (its developer, else its maker), for fabrication on its maker. Of a generic
  product (GPU), whose kinds have several vendors, nobody knows whose is meant: its provider is unknown.
- A supplier of chips that runs fabs and designs none is one of fabrication, not of chips.
- A data center rests on its operator, and where none is documented on its owner.
- Law is who makes the rules that bind the country and what is in it: for a policy, whoever adopts it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from queries.derived import CRITICAL, ancestors, is_jurisdiction
from queries.records import Dependence, Statement
from queries.sovereign_ground import FABS, Ground, Made

__all__ = ["LAYERS", "LEVELS", "Reliance", "SovereignGraph"]

LEVELS: Final = ("territory", "provider", "chip vendor")
LAYERS: Final = ("energy", "chips", "fabrication", "cloud", "data centers", "models", "talent", "law")

_RULES: Final = frozenset({"regulates", "restricts"})
_PROVIDED: Final = frozenset({"supplies", "dependsOn"})


@dataclass(frozen=True, slots=True)
class Reliance:
    """One dependence of a country: who depends, where those who provide are at home, and what says so."""

    dependent: int
    providers: tuple[int, ...]  # what is depended on itself, where no vendor of it is documented
    homes: tuple[int, ...]  # countries and alliances, each once; none where none is documented
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class SovereignGraph(Ground):
    """The reliances of every country in a view, of statements with one status."""

    # Who provides

    def _by_object(self, relation: str) -> Made:
        found: dict[int, dict[int, list[Statement]]] = defaultdict(lambda: defaultdict(list))
        for s in self.view.statements:
            if s.relation == relation and s.polarity == "affirmed" and s.status in ("actual", self.status):
                found[s.object][s.subject].append(s)
        return found

    @cached_property
    def _developers(self) -> Made:
        return self._by_object("develops")

    @cached_property
    def _manufacturers(self) -> Made:
        return self._by_object("manufactures")

    @cached_property
    def _operators(self) -> Made:
        return self._by_object("operates")

    @cached_property
    def _foundries(self) -> frozenset[int]:
        """Who makes chips or runs a fab."""
        makers = {maker for chip in self.goods["chips"] for maker in self._manufacturers.get(chip, ())}
        return frozenset(makers | {who for fab in self.kinds(FABS) for who in self._operators.get(fab, ())})

    @cached_property
    def _designers(self) -> frozenset[int]:
        return frozenset(who for chip in self.goods["chips"] for who in self._developers.get(chip, ()))

    @cached_property
    def _known_makers(self) -> dict[tuple[int, str], Mapping[int, Sequence[Statement]]]:
        return {}

    def _makers(self, thing: int, layer: str) -> Mapping[int, Sequence[Statement]]:
        """Who makes a thing, or the nearest broader one that it is a kind of; nobody for a generic thing."""
        key = thing, layer
        if key not in self._known_makers:
            made = (self._manufacturers,) if layer == "fabrication" else (self._developers, self._manufacturers)
            self._known_makers[key] = self._find_makers(thing, made)
        return self._known_makers[key]

    def _find_makers(self, thing: int, made: Sequence[Made]) -> Mapping[int, Sequence[Statement]]:
        depth = {above: len(ancestors(self.view, above)) for above in ancestors(self.view, thing)}
        for one in (thing, *sorted(depth, key=lambda above: (-depth[above], above))):
            kinds = self.view.narrower(one) - {one}
            if len({maker for kind in kinds for known in made for maker in known.get(kind, ())}) > 1:
                return {}
            for known in made:
                if one in known:
                    return known[one]
        return {}

    # Reliances

    @cached_property
    def _reliances(self) -> Mapping[tuple[int, str], list[Reliance]]:
        """(country, layer) -> its reliances, in a fixed order."""
        found: dict[tuple[str, int, tuple[int, ...]], dict[str, Statement]] = defaultdict(dict)
        for dependence in self.view.dependences:
            edge = dependence.edge
            if edge.polarity != "affirmed" or edge.status != self.status or dependence.weight < CRITICAL:
                continue
            if not is_jurisdiction(self.view.relation(edge)) and self.countries_of(dependence.dependent):
                for layer, providers, statements in self._read(dependence):
                    own = found[layer, dependence.dependent, providers]
                    own.update((s.key, s) for s in statements)
        self._add_operators(found)
        self._add_rules(found)
        by_country: dict[tuple[int, str], list[Reliance]] = defaultdict(list)
        for (layer, dependent, providers), statements_by_key in sorted(found.items(), key=lambda item: item[0]):
            homes: set[int] = set()
            behind = dict(statements_by_key)
            for provider in providers:
                countries, said = self.homes(provider)
                homes.update(countries)
                behind.update((s.key, s) for s in said)
            reliance = Reliance(dependent, providers, tuple(sorted(homes)), tuple(behind.values()))
            for country in self.countries_of(dependent):
                by_country[country, layer].append(reliance)
        return by_country

    def _read(self, dependence: Dependence) -> Iterable[tuple[str, tuple[int, ...], Sequence[Statement]]]:
        """The layers that a dependence belongs to, who provides in each, and what says so."""
        provider, edge = dependence.provider, dependence.edge
        for layer in self.layers_of.get(provider, ()):
            yield self._through(layer, provider, edge.statements)
            if layer == "chips":
                yield self._through("fabrication", provider, edge.statements)
        if edge.relation not in _PROVIDED:
            return
        is_foundry = provider in self._foundries
        by_layer: dict[str, list[Statement]] = defaultdict(list)
        for s in edge.statements:
            for layer in self.layers_of.get(s.concerns, ()) if s.concerns is not None else ():
                if layer != "chips":
                    by_layer[layer].append(s)
                    continue
                if is_foundry:
                    by_layer["fabrication"].append(s)
                if not is_foundry or provider in self._designers:
                    by_layer["chips"].append(s)
            if s.concerns is None and is_foundry:
                by_layer["fabrication"].append(s)
        for layer, statements in by_layer.items():
            yield layer, (provider,), statements

    def _through(
        self, layer: str, thing: int, statements: Sequence[Statement]
    ) -> tuple[str, tuple[int, ...], Sequence[Statement]]:
        makers = self._makers(thing, layer)
        behind = [s for found in makers.values() for s in found]
        return layer, tuple(sorted(makers)) or (thing,), [*statements, *behind]

    def _add_operators(self, found: dict[tuple[str, int, tuple[int, ...]], dict[str, Statement]]) -> None:
        for facility in sorted(self.facilities):
            own = self._keepers.get(facility, {})
            key = ("data centers", facility, tuple(sorted(own)))
            found[key].update((s.key, s) for statements in own.values() for s in statements)
            for statements in self.seats.get(facility, {}).values():
                found[key].update((s.key, s) for s in statements)

    @cached_property
    def _keepers(self) -> Made:
        """Facility -> who operates it, or owns it where no operator is documented."""
        owners = {f: own for f, own in self._by_object("owns").items() if f in self.all_facilities}
        return {**owners, **{f: own for f, own in self._operators.items() if f in self.all_facilities}}

    def _add_rules(self, found: dict[tuple[str, int, tuple[int, ...]], dict[str, Statement]]) -> None:
        adopters = self._by_object("adopts")
        for s in self.used:
            if s.relation not in _RULES or not self.countries_of(s.object):
                continue
            makers: Mapping[int, Sequence[Statement]] = {s.subject: ()}
            if self.view.entities[s.subject].label == "POLICY":
                makers = adopters.get(s.subject) or makers
            own = found["law", s.object, tuple(sorted(makers))]
            own.update((one.key, one) for one in (s, *(a for said in makers.values() for a in said)))

    def layer(self, country: int, layer: str) -> list[Reliance]:
        """The reliances of a country in one layer."""
        return self._reliances.get((country, layer), [])

    def level(self, country: int, level: str) -> list[Reliance]:
        """The compute facilities of a country as reliances: on where they stand, on who runs them, on whose chips.

        On the level of territory these are the facilities that stand in the country, and those elsewhere that its
        actors are documented to use; on the two others those that stand in it.
        """
        standing = self.standing_in(country)
        if level == "territory":
            return [*(self._on_territory(f) for f in standing), *self._abroad(country)]
        if level == "provider":
            return [r for r in self.layer(country, "data centers") if r.dependent in self.facilities]
        return [self._on_vendors(country, facility) for facility in standing]

    def _on_territory(self, facility: int) -> Reliance:
        homes, said = self.homes(facility)
        return Reliance(facility, (facility,), homes, said)

    def _abroad(self, country: int) -> Iterable[Reliance]:
        for facility, statements in sorted(self._used_abroad.get(country, {}).items()):
            on = self._on_territory(facility)
            yield Reliance(facility, (facility,), on.homes, (*statements, *on.statements))

    @cached_property
    def _used_abroad(self) -> Mapping[int, Mapping[int, list[Statement]]]:
        """Country -> the compute facilities elsewhere that its actors use -> what says so."""
        found: dict[int, dict[int, list[Statement]]] = defaultdict(lambda: defaultdict(list))
        for s in self.used:
            relation = self.view.relation(s)
            if (
                s.object in self.facilities
                and relation.dependence == "subject-on-object"
                and not is_jurisdiction(relation)
            ):
                for country in set(self.countries_of(s.subject)) - set(self.countries_of(s.object)):
                    found[country][s.object].append(s)
        return found

    def _on_vendors(self, country: int, facility: int) -> Reliance:
        own = [r for r in self.layer(country, "chips") if r.dependent == facility]
        homes = {home for r in own for home in r.homes}
        providers = {provider for r in own for provider in r.providers}
        statements = {s.key: s for r in own for s in r.statements}
        return Reliance(facility, tuple(sorted(providers)), tuple(sorted(homes)), tuple(statements.values()))

    def countries(self) -> list[int]:
        """The countries with a compute facility or a reliance in some layer, in order."""
        return sorted({*self._standing, *(country for country, _ in self._reliances)})
