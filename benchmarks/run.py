"""What casefhir costs, as ratios against baselines measured in the same run.

The baseline of an export is what any program must do at least: parse the same file with the popular loader and
write the same bundle with the standard library. Both sides run in turn, so that a slow moment of the machine
hits both; the median of the pairs counts. A digit of the file changes before each call, and nothing is kept
between calls but compiled schemas and tables.
"""

import cProfile
import io
import json
import pstats
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

import casefhir
from casefhir.push.receipt import Receipt, receipt_text
from casefhir.push.run import Push
from casefhir.push.session import Session, address
from casefhir.push.wanted import WantedCase
from casefhir.sandbox import sandbox
from casefhir.source import MAX_BYTES

CASE = Path(__file__).parents[1] / "cases" / "sjia-tocilizumab-tofacitinib.yaml"
ARTICLE = CASE.parents[1] / "tests" / "articles" / f"{CASE.stem}.txt"
PAIRS = 60
PUSHES = 9


def main() -> None:
    """Measure and print."""
    text = CASE.read_text(encoding="utf-8")
    print(f"{CASE.name}: {len(text.splitlines())} lines\n")
    export_against_baseline(text)
    against_article(text)
    growth(text)
    cold_start()
    push_against_export(text)
    profile(text)


def export_against_baseline(text: str) -> None:
    """A whole checked export against parsing the file and dumping the bundle."""
    bundle = json.loads(casefhir.convert(text.encode()).json())
    texts = changed(text)
    parse, dump, export = [], [], []
    for _ in range(PAIRS):
        raw = next(texts)
        parse.append(cpu(lambda raw=raw: yaml.load(raw, yaml.CSafeLoader)))
        dump.append(cpu(lambda: json.dumps(bundle)))
        raw = next(texts)
        export.append(cpu(lambda raw=raw: casefhir.convert(raw).json()))
    ratios = [e / (p + d) for e, p, d in zip(export, parse, dump, strict=True)]
    print("whole checked export, with positions, against CSafeLoader + json.dumps")
    print(f"  CSafeLoader {ms(parse)}   json.dumps {ms(dump)}   export {ms(export)}")
    print(f"  ratio {statistics.median(ratios):.2f}  (goal 1.0, bar 1.5)\n")


def against_article(text: str) -> None:
    """A check with the article against one without; what changes before each call is a note, which nobody proves."""
    plain, proven = [], []
    for number in range(PAIRS):
        raw = text.replace("on 28 June 2020", f"on {number % 28 + 1} June 2020").encode()
        plain.append(cpu(lambda raw=raw: casefhir.load(raw)))
        proven.append(cpu(lambda raw=raw: casefhir.load(raw, article=ARTICLE)))
    ratios = [with_article / without for with_article, without in zip(proven, plain, strict=True)]
    print("check against the article, which is read anew each time, against a check without it")
    print(f"  without {ms(plain)}   with {ms(proven)}   ratio {statistics.median(ratios):.2f}  (bar 3.0)\n")


def push_against_export(text: str) -> None:
    """What a push costs its client for a case, the export and the server left out, against the export."""
    new, again = [], []
    with sandbox(0, None) as box, Session(address(box.base), "none", {}) as session:
        push(text.encode(), session)  # the modules of a push are loaded once a process
        for number in range(PUSHES):
            raw = text.replace(CASE.stem, f"{CASE.stem}-{number}").encode()
            export = cpu(lambda raw=raw: casefhir.convert(raw).json())
            for costs in (new, again):
                costs.append(cpu(lambda raw=raw: push(raw, session)) / export - 1)
    print(f"a push without its export and its server, against the export: median of {PUSHES} cases (bar 3)")
    print(f"  all resources new {statistics.median(new):.1f}   none changed {statistics.median(again):.1f}\n")


def push(text: bytes, session: Session) -> None:
    """Push a case, as the command does."""
    case = WantedCase(casefhir.load(text))
    empty = Receipt(case.id, session.base, "under way")
    Push(case, session.server, session.can, empty, receipt_text).run(lambda *_: None)


def growth(text: str) -> None:
    """1 and 10 times the facts of the case, and as often as a file may hold: the time for one must not grow."""
    most = 10 * MAX_BYTES // len(repeated(text, 10).encode())
    grown("more of the same", {times: repeated(text, times) for times in (1, 10, most)})
    grown("lines of one date in a table", {lines: table(lines) for lines in (100, 1_000, 10_000)})


def grown(what: str, texts: dict[int, str]) -> None:
    """The time for each text, and for one of its facts against one of the first text."""
    print(what)
    first = 0.0
    for times, written in texts.items():
        raw = written.encode()
        taken = min(cpu(lambda raw=raw: casefhir.convert(raw).json()) for _ in range(3))
        first = first or taken / times
        print(f"  {times:6d} times: {taken * 1000:9.1f} ms, {taken / times / first:.2f} of the first for each")
    print()


def table(lines: int) -> str:
    """A case with nothing but a table, all of whose lines have one date."""
    cells = "".join(f"\n      2020-06-15 {line}" for line in range(1, lines + 1))
    return f"""casefhir: 1
id: table
article: {{title: a table, type: case report, authors: [{{name: A}}]}}
patient: {{sex: unknown}}
tables:
  - name: table
    rows: |
      date CRP[mg/L]{cells}
"""


def repeated(text: str, times: int) -> str:
    """The case with its facts many times, each copy on days of its own."""
    if times == 1:
        return text
    case = yaml.load(text, yaml.BaseLoader)  # keeps every scalar as text
    for section in ("findings", "labs", "imaging", "scores", "treatments", "course"):
        copies = (moved(record, n, day) for n in range(times) for day, record in enumerate(case[section]))
        case[section] = list(copies)
    case["casefhir"] = 1
    return json.dumps(typed(case), ensure_ascii=False, indent=1)


def moved(record: dict[str, object], copy: int, day: int) -> dict[str, object]:
    """A record at another moment than all other copies."""
    if copy == 0:
        return record
    timeless = {key: value for key, value in record.items() if key not in ("at", "from", "to")}
    return {**timeless, "at": f"{1900 + copy}-{day // 28 + 1:02}-{day % 28 + 1:02}"}


def typed(value: object) -> object:
    """The same with true and false as such."""
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    return value == "true" if value in ("true", "false") else value


def cold_start() -> None:
    """The CPU time of a whole process, against an empty Python."""
    bare = statistics.median(process_cpu("-c", "pass") for _ in range(9))
    check = statistics.median(process_cpu("-m", "casefhir", "check", str(CASE)) for _ in range(9))
    export = statistics.median(process_cpu("-m", "casefhir", "export", str(CASE), "-o", "-") for _ in range(9))
    print("cold start, CPU seconds of the whole process")
    print(f"  bare python {bare:.3f}   check {check:.3f} (bar 0.25)   export {export:.3f}\n")


def process_cpu(*arguments: str) -> float:
    """User and system time of one Python process."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def profile(text: str) -> None:
    """Where the time of an export goes."""
    texts = changed(text)
    profiler = cProfile.Profile()
    for _ in range(20):
        raw = next(texts)
        profiler.runcall(lambda raw=raw: casefhir.convert(raw).json())
    out = io.StringIO()
    pstats.Stats(profiler, stream=out).sort_stats("cumulative").print_stats("casefhir|built-in|method", 25)
    print("where the time goes (20 exports under a profiler)")
    print("\n".join(line for line in out.getvalue().splitlines()[6:] if line.strip()))


def changed(text: str) -> Iterator[bytes]:
    """The file again and again, each time with other digits in one value."""
    number = 0
    while True:
        number += 1
        yield text.replace("WBC: 15.32", f"WBC: 15.{number % 90 + 10}").encode()


def cpu(run: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    run()
    return time.process_time() - start


def ms(seconds: list[float]) -> str:
    """The median in milliseconds."""
    return f"{statistics.median(seconds) * 1000:.2f} ms"


if __name__ == "__main__":
    main()
