"""Whoever reads the logins that script/server prints can sign in with each of them."""

import tomllib

import pytest

from harness import ROOT

LOGINS = tomllib.loads((ROOT / "config/regions/demo/logins.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", LOGINS["login"], ids=lambda row: row["login"])
def test_a_printed_login_signs_in(region, row):
    assert region.rpc(row["login"], row.get("password", "demo")).uid, row
