"""Every bench runs on small data and prints rows that the table takes; figures are not judged."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHES = Path(__file__).resolve().parent.parent / "bench"
COLUMNS = {"bench", "metric", "value", "unit", "baseline", "ratio", "goal", "holds"}
EXPECTED = {
    "certificate_expiry": ("ended, found", "search of those to remind", "proofs given"),
    "certification_gate": (
        "queries of the gate",
        "40 lots, with stock, median of ratios",
        "40 machines, gate in and out, median of ratios",
    ),
    "competence_matrix": ("open at 20 dealers p50", "queries at 20 dealers"),
    "deal_form": ("p50 form", "queries form"),
    "deal_list": ("p50", "queries"),
    "guard_rail": ("queries added to 100 records", "archive 100 records"),
    "guide_panel": ("bytes in the session", "queries of the panel", "form p50"),
    "provisioning": (
        "queries ours dealer 10",
        "queries stock dealer 10",
        "dealers of 16 not provisioned",
    ),
    "registry_search": (
        "OEM, equipment.unit, whole number p95",
        "dealer, equipment.unit, last six digits p95",
        "dealer, the index is read, no table scanned",
    ),
    "tenancy_reads": ("p50 list leads", "p50 create contact", "size cids cookie of OEM user"),
    "order_confirm": ("p50 confirm 20 lines", "queries per further line", "p50 list of 4 deals"),
    "stock_overhead": ("p50 create lead", "p50 confirm order", "p50 validate delivery"),
}


@pytest.mark.timeout(1800)  # the databases are made from templates first
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_bench_prints_rows(name):
    done = subprocess.run(
        [sys.executable, str(BENCHES / f"{name}.py"), "--quick"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert done.returncode == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(set(row) == COLUMNS and row["bench"] == name for row in rows)
    for metric in EXPECTED[name]:
        found = [row for row in rows if row["metric"].startswith(metric)]
        assert found, f"no row {metric}"
        assert all(isinstance(row["value"], int | float) for row in found)
    unprovisioned = [row["value"] for row in rows if "not provisioned" in row["metric"]]
    assert not any(unprovisioned)
