"""Changes of DNA and protein in the form of HGVS."""

import pytest

from casefhir.model.grammar import GrammarError
from casefhir.model.hgvs import change, exon


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("dna", "c.109T>C"),
        ("dna", "NM_000061.3:c.109T>C"),
        ("dna", "NM_004006.2(DMD):c.4375C>T"),
        ("dna", "ENST00000308731.8:c.109T>C"),
        ("dna", "LRG_128t1:c.109T>C"),
        ("dna", "c.76_78del"),
        ("dna", "c.88+2T>G"),
        ("dna", "c.-14G>C"),
        ("dna", "c.[76A>C];[103G>T]"),
        ("dna", "n.548A>G"),
        ("dna", "m.3243A>G"),
        ("genomic", "NC_000023.11:g.101374556A>G"),
        ("protein", "p.Cys37Arg"),
        ("protein", "p.(Cys37*)"),
        ("protein", "NP_000052.1:p.Arg255Ter"),
        ("protein", "p.?"),
        ("transcript", "NM_000061.3"),
        ("transcript", "ENST00000308731"),
        ("transcript", "LRG_128t1"),
    ],
)
def test_a_change_is_kept_as_written(kind: str, text: str) -> None:
    assert change(kind)(f" {text} ") == text


@pytest.mark.parametrize(
    ("kind", "text", "advice"),
    [
        ("dna", "C37C", "\"C37C\" is no HGVS, such as c.2573T>G; write it under the key 'printed'"),
        ("dna", "109T>C", "\"109T>C\" is no HGVS, such as c.2573T>G; write it under the key 'printed'"),
        ("dna", "c.109 T>C", '"c.109 T>C" has a blank in it; write c.109T>C'),
        ("protein", "C37R", "\"C37R\" is no HGVS, such as p.Leu858Arg; write it under the key 'printed'"),
        ("protein", "c.109T>C", "\"c.109T>C\" is no HGVS, such as p.Leu858Arg; write it under the key 'printed'"),
        ("transcript", "BTK", "\"BTK\" is no HGVS, such as NM_005228.4; write it under the key 'printed'"),
        ("dna", "", "\"\" is no HGVS, such as c.2573T>G; write it under the key 'printed'"),
    ],
)
def test_what_is_no_hgvs_is_refused(kind: str, text: str, advice: str) -> None:
    with pytest.raises(GrammarError) as raised:
        change(kind)(text)

    assert str(raised.value) == advice


@pytest.mark.parametrize("text", ["2", "14-16", "intron 3"])
def test_an_exon_is_kept_as_written(text: str) -> None:
    assert exon(text) == text


def test_an_empty_exon_is_refused() -> None:
    with pytest.raises(GrammarError):
        exon(" ")
