"""A bundle → a few lines that say what is inside, for a first look."""

import json
import sys
from collections import Counter
from pathlib import Path


def main(path: str) -> None:
    """Count the resources and show some of their texts."""
    entries = [entry["resource"] for entry in json.loads(Path(path).read_text(encoding="utf-8"))["entry"]]
    counts = Counter(resource["resourceType"] for resource in entries)
    print(f"\n{Path(path).resolve()}")
    print(f"{len(entries)} resources: " + ", ".join(f"{count} {name}" for name, count in counts.most_common()))
    for kind in ("Patient", "Condition", "MedicationStatement", "Observation"):
        shown = [_text(resource) for resource in entries if resource["resourceType"] == kind]
        print(f"\n{kind}")
        print("\n".join(f"  {text}" for text in shown[:4]))


def _text(resource: dict[str, dict[str, str]]) -> str:
    """The narrative, without its markup."""
    from xml.etree import ElementTree

    return "".join(ElementTree.fromstring(resource["text"]["div"]).itertext())


if __name__ == "__main__":
    main(sys.argv[1])
