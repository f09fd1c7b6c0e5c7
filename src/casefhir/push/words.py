"""What a push says: of its steps, of what the server refused, and of what it stored otherwise."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from casefhir.push.outcome import Objection
from casefhir.push.plan import Step
from casefhir.push.run import Pushed
from casefhir.push.server import RefusedError
from casefhir.push.wanted import Identity, WantedCase


def counted(steps: Sequence[Step], count: int) -> str:
    """What a push of so many resources did, in numbers."""
    if not steps:
        return f"{count} resources, all as they were"
    kinds = Counter("removed" if step.resource is None else "new" if step.is_new else "changed" for step in steps)
    same = count - kinds["new"] - kinds["changed"]
    parts = [f"{number} {kind}" for kind in ("new", "changed", "removed") if (number := kinds[kind])]
    return ", ".join([*parts, *([f"{same} as they were"] if same else [])])


def planned(name: str, steps: Sequence[Step], case: WantedCase) -> Iterator[str]:
    """What would be done: new resources by type, the others one by one."""
    yield f"{name}: {counted(steps, len(case.resources))}"
    new = Counter(step.identity[0] for step in steps if step.is_new)
    if new:
        yield "  new: " + ", ".join(f"{number} {kind}" for kind, number in new.items())
    for step in steps:
        if step.resource is None:
            yield f"  removed: {step.identity[1]} ({step.url})"
        elif not step.is_new:
            yield f"  changed: {step.identity[1]} ({step.url}), {_place(name, step.identity, case)}"


def refused(name: str, error: RefusedError, found: Iterable[Objection], case: WantedCase) -> Iterator[str]:
    """What the server refused, each at the line that it comes from."""
    for objection in found:
        steps = error.part.steps
        number = 0 if len(steps) == 1 else objection.entry
        if number is None or number >= len(steps):
            yield f"{name}: error: the server refused the case (status {error.status}): {objection.text}"
            continue
        identity = steps[number].identity
        where = f"{identity[0]}.{objection.element}" if objection.element else identity[0]
        place = _place(name, identity, case)
        yield f"{place}: error: the server refused {identity[1]} ({where}): {objection.text}"


def altered(name: str, pushed: Pushed, case: WantedCase) -> Iterator[str]:
    """What the server stored otherwise than it was sent."""
    for one in pushed.altered:
        kind, key = one.identity
        where = ", ".join(f"{kind}.{place}" for place in one.places)
        yield f"{_place(name, one.identity, case)}: error: the server stored {key} otherwise: {where}"


def _place(name: str, identity: Identity, case: WantedCase) -> str:
    """`cases/a.yaml:14:3`, or the included file in which it is written."""
    source, path = case.loaded.source, case.path(identity)
    holder, mark = source.holder(path), source.locate(path)
    return f"{name if holder is source else holder.name}:{mark.line}:{mark.column}"
