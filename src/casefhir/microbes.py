"""A test for organisms → what it states: its result, each organism, and each drug that one was tested against."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from casefhir.keys import Parts, slug
from casefhir.model.microbiology import Genotype, MicrobiologyTest, Organism, Reactions, Susceptibility, reactions
from casefhir.model.when import When
from casefhir.source import Path

Draft = tuple[Path, str, Any]
"""The place, the key and the statement of a fact."""


class Outcome(NamedTuple):
    """The result of a test for organisms, told of the test as a whole."""

    test: MicrobiologyTest

    @property
    def label(self) -> str:
        return self.test.name

    @property
    def moment(self) -> When | None:
        return self.test.moment

    @property
    def stated(self) -> MicrobiologyTest:
        return self.test


class Isolate(NamedTuple):
    """One organism, found or looked for."""

    test: MicrobiologyTest
    organism: Organism

    @property
    def label(self) -> str:
        return self.organism.name

    @property
    def moment(self) -> When | None:
        return self.test.moment

    @property
    def stated(self) -> Organism:
        return self.organism


class Sensitivity(NamedTuple):
    """How an organism, or what grew without a name, reacts to one drug."""

    test: MicrobiologyTest
    drug: str
    value: Susceptibility
    organism: Organism | None
    isolate: Path
    """The place of the organism; that of the test where it has no name."""

    @property
    def label(self) -> str:
        return self.drug

    @property
    def moment(self) -> When | None:
        return self.test.moment

    @property
    def stated(self) -> Susceptibility:
        return self.value


class Genotyped(NamedTuple):
    """What was found in the genes of an organism, or looked for in them."""

    test: MicrobiologyTest
    organism: Organism
    genotype: Genotype
    isolate: Path
    """The place of the organism."""

    @property
    def label(self) -> str:
        return self.genotype.name

    @property
    def moment(self) -> When | None:
        return self.test.moment

    @property
    def stated(self) -> Genotype:
        return self.genotype


def test_key(test: MicrobiologyTest, parts: Parts) -> str:
    """The key of a test: the one that the author gives, or its name, its specimen and its moment."""
    if test.id:
        return f"microbiology/{test.id}"
    specimen = parts.canonical("specimens", test.specimen) if test.specimen else ""
    name = parts.canonical("microbiology", test.name)
    return "/".join(filter(None, ("microbiology", name, specimen, parts.moment(test.moment))))


def tested(path: Path, test: MicrobiologyTest, key: str, parts: Parts) -> Iterator[Draft]:
    """The statements of a test, under its key."""
    if test.result or test.text:
        yield (*path, "result" if test.result else "text"), f"{key}/result", Outcome(test)
    for number, organism in enumerate(test.organisms):
        place, own = (*path, "organisms", number), f"{key}/{parts.canonical('organisms', organism.name)}"
        yield place, own, Isolate(test, organism)
        yield from _reactions(place, own, test, organism.susceptibility, organism, place, parts)
        for n, genotype in enumerate(organism.genotype):
            one = Genotyped(test, organism, genotype, place)
            yield (*place, "genotype", n), f"{own}/genotype/{slug(genotype.name)}", one
    only = next(iter(test.organisms), None)  # a rule says that there is one at most
    own = f"{key}/{parts.canonical('organisms', only.name)}" if only else key
    isolate = (*path, "organisms", 0) if only else path
    yield from _reactions(path, own, test, test.susceptibility, only, isolate, parts)


def _reactions(
    path: Path,
    key: str,
    test: MicrobiologyTest,
    written: Reactions,
    organism: Organism | None,
    isolate: Path,
    parts: Parts,
) -> Iterator[Draft]:
    """What is written of drugs, with the organism or with the test; a concentration and a method tell two apart."""
    for place, drug, said in reactions(written):
        told = (said.at_concentration and said.at_concentration.text, said.method)
        own = "/".join((key, parts.canonical("treatments", drug), *(slug(part) for part in told if part)))
        yield (*path, "susceptibility", *place), own, Sensitivity(test, drug, said, organism, isolate)
