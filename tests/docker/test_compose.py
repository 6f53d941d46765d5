"""docker/compose.yaml is valid and holds what one region needs."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from suite import ROOT
from template_db import LOCAL

COMPOSE = ROOT / "docker" / "compose.yaml"
PLUGIN = LOCAL / "compose" / "usr" / "libexec" / "docker" / "cli-plugins" / "docker-compose"


@pytest.fixture(scope="module")
def compose():
    """The compose plugin of Debian trixie, unpacked; it reads and checks files without a daemon."""
    if not PLUGIN.exists():
        script = f""". {ROOT}/script/lib.sh
            mkdir -p "$LOCAL/compose" && cd "$LOCAL/compose"
            isolated_apt update && isolated_apt download "docker-compose/$DEB_ASSETS_SUITE"
            dpkg-deb -x docker-compose_*.deb ."""
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
        assert PLUGIN.exists(), done.stdout[-2000:] + done.stderr[-2000:]

    def run(*arguments, **environment):
        command = [str(PLUGIN), "-f", str(COMPOSE), *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, env={**os.environ, **environment}
        )

    return run


@pytest.fixture
def services(compose):
    done = compose("config", "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["services"]


def test_valid(compose):
    done = compose("config", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("mistake", ["    imagee: x\n", "    depends_on: [nobody]\n"])
def test_mistakes_would_be_found(mistake, compose, tmp_path):
    """The check is worth something: it refuses unknown keys and services."""
    broken = tmp_path / "compose.yaml"
    broken.write_text(COMPOSE.read_text().replace("  db:\n    image", f"  db:\n{mistake}    image"))
    done = subprocess.run(
        [str(PLUGIN), "-f", str(broken), "config", "-q"], capture_output=True, text=True
    )
    assert done.returncode != 0


def test_processes_of_a_region(services):
    assert set(services) == {"proxy", "http", "websocket", "jobs", "telephony", "region", "db"}
    roles = {name: service["command"] for name, service in services.items() if name != "db"}
    assert roles == {name: [name] for name in roles}


def test_only_the_door_is_open(services):
    assert [name for name, service in services.items() if service.get("ports")] == ["proxy"]
    assert set(services["db"]["networks"]) == {"inside"}


def test_secrets_come_from_files(services, compose):
    for name, service in services.items():
        for key, value in (service.get("environment") or {}).items():
            assert "PASSWORD" not in key or (
                key.endswith("_FILE") and value.startswith("/run/secrets/")
            ), name
    document = json.loads(compose("config", "--format", "json", SECRETS_DIR="/etc/dealer").stdout)
    assert {secret["file"] for secret in document["secrets"].values()} == {
        "/etc/dealer/postgres_password",
        "/etc/dealer/odoo_master_password",
    }


def test_processes_are_confined(services):
    for name in ("proxy", "http", "websocket", "jobs", "region"):
        service = services[name]
        assert service["read_only"] and service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name


def test_proxy_knows_the_services(services):
    """The names and ports in nginx's configuration are those of the services."""
    nginx = (ROOT / "docker" / "nginx.conf").read_text()
    assert "server http:8069;" in nginx and "server websocket:8072;" in nginx
    assert "location /websocket { proxy_pass http://websocket; }" in nginx
    assert services["proxy"]["ports"][0]["target"] == 8080 and "listen 8080;" in nginx


def test_replicas(compose):
    done = compose("config", "--format", "json", HTTP_REPLICAS="3")
    assert json.loads(done.stdout)["services"]["http"]["deploy"]["replicas"] == 3


def test_every_region_has_the_secrets_that_compose_reads():
    for template in (ROOT / "config" / "regions").glob("*/secrets.template"):
        names = {
            line.split()[0] for line in template.read_text().splitlines() if line and line[0] != "#"
        }
        assert {"postgres_password", "odoo_master_password"} <= names, Path(template).parent.name
