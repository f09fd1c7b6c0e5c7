"""Genes of an organism that stand among those of the patient."""

import pytest
from tests.rules.written import alarms

RULE = "biology.gene-of-an-organism"


@pytest.mark.parametrize(
    "said",
    [
        "gene: katG, printed: S315T",
        "gene: mecA",
        "gene: blaKPC-2",
        "gene: mcr-1",
        "gene: erm(41)",
        "gene: rrs, printed: A1401G",
        "printed: inhA c-15t",
        "gene: 23S rRNA, printed: A2058G, specimen: isolate",
        "gene: ORF1, printed: D614G, of: Mycobacterium tuberculosis",
    ],
)
def test_a_gene_of_an_organism(said: str) -> None:
    assert RULE in alarms(f"genetics: [{{{said}}}]")


@pytest.mark.parametrize(
    "said",
    [
        "gene: KRAS, protein: p.Gly12Asp",
        "gene: C9orf72",
        'gene: "BCR::ABL1"',
        "gene: MT-ND4, specimen: sputum",
        "locus: 22q11.2, printed: del22q11.2",
        "gene: HLA-B, printed: HLA-B*27, specimen: cultured fibroblasts",
        "gene: BTK, of: tuberculosis",
    ],
)
def test_a_gene_of_the_patient(said: str) -> None:
    assert RULE not in alarms(f"genetics: [{{{said}}}]")
