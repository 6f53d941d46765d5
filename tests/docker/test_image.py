"""The image is built and a region's processes run in it, without a container daemon.

buildah works in a chroot here: host network and PostgreSQL's socket are shared, but the files are
the image's own. The base is made with debootstrap from the mirror that the machine's apt uses; it
and the layers are kept in .local/image, so that only what has changed is built again.
"""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
import uuid
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

import suite
import template_db
from suite import ROOT

pytestmark = [pytest.mark.slow_image, pytest.mark.timeout(1500)]

STORE = template_db.LOCAL / "image"
BASE = "localhost/dealer-base:bookworm"
PACKAGES = ("buildah", "debootstrap")
#: What the machine needs to reach its registries holds for the build as well. The certificates have
#: a place of their own: the image's package of them is installed meanwhile.
CERTIFICATES = "/run/build/certificates.crt"
SHARED = {
    "/etc/ssl/certs/ca-certificates.crt": CERTIFICATES,
    "/etc/apt/apt.conf.d": "/etc/apt/apt.conf.d",
}
INPUTS = ("addons", "config", "docker", "tools")
FILES = ("odoo.lock", "requirements.txt", "requirements-oca.txt", "script/lib.sh", ".dockerignore")


def buildah(*arguments, **options):
    store = ["--root", str(STORE / "storage"), "--runroot", str(STORE / "run")]
    command = ["buildah", *store, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, **options)
    assert done.returncode == 0, f"{command}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout.strip()


def ensure_packages():
    """Install the tools where the tests may do so; without them the image is not tested."""
    missing = [
        name for name in PACKAGES if not shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    ]
    if missing and os.geteuid() == 0:
        install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing]
        subprocess.run(["apt-get", "update", "-q"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(install, check=True, stdout=subprocess.DEVNULL)
    elif missing:
        pytest.skip(f"needs root, or {' and '.join(missing)} installed")


def mirror():
    script = f". {ROOT}/script/lib.sh && debian_mirror"
    return subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=True
    ).stdout.strip()


def ensure_base():
    """Import Debian 12 as an image, once."""
    if BASE in buildah("images", "--format", "{{.Name}}:{{.Tag}}").split():
        return
    tree = STORE / "bookworm"
    shutil.rmtree(tree, ignore_errors=True)
    command = ["debootstrap", "--variant=minbase", "bookworm", str(tree), mirror()]
    path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PATH": path})
    container = buildah("from", "scratch")
    buildah("add", "-q", container, str(tree), "/")
    buildah("commit", "-q", container, BASE)
    buildah("rm", container)
    shutil.rmtree(tree)


def digest():
    files = [path for name in INPUTS for path in (ROOT / name).rglob("*")]
    kept = [path for path in files if path.is_file() and "__pycache__" not in path.parts]
    return suite.digest(files=kept + [ROOT / name for name in FILES])


@pytest.fixture(scope="module")
def image():
    """The name of the built image; built only if its inputs have changed."""
    ensure_packages()
    STORE.mkdir(exist_ok=True)
    ensure_base()
    name = f"localhost/dealer-suite:{digest()}"
    if name not in buildah("images", "--format", "{{.Name}}:{{.Tag}}").split():
        old = [
            line
            for line in buildah("images", "--format", "{{.Name}}:{{.Tag}}").split()
            if line.startswith("localhost/dealer-suite:")
        ]
        found = {here: there for here, there in SHARED.items() if Path(here).exists()}
        shared = [f"--volume={here}:{there}:ro" for here, there in found.items()]
        trusted = CERTIFICATES if CERTIFICATES in found.values() else ""
        index = os.environ.get("PIP_INDEX_URL", "")
        buildah(
            *("bud", "--isolation", "chroot", "--format", "docker", "--layers"),
            *("--file", "docker/Dockerfile", "--tag", name, *shared),
            *("--build-arg", f"BASE_IMAGE={BASE}", "--build-arg", f"PIP_INDEX_URL={index}"),
            *("--build-arg", f"PIP_CERT={trusted}", "."),
        )
        if old:
            # one may still be in use by another run; it is taken away next time
            with contextlib.suppress(AssertionError):
                buildah("rmi", *old)
    return name


@pytest.fixture(scope="module")
def database():
    """A database with the stock modules, as any region has them."""
    name = f"image_{uuid.uuid4().hex[:8]}"
    template_db.clone(template_db.stock_template(), name)
    yield name
    template_db.drop(name)


@contextmanager
def container(image):
    name = buildah("from", image)
    try:
        yield name
    finally:
        buildah("rm", name)


def run_command(name, *command, **environment):
    """The command line that runs something in a container as its user."""
    socket = os.environ["PGHOST"]
    volumes = [f"--volume={socket}:/run/postgresql"] if socket.startswith("/") else []
    settings = {"PGHOST": "/run/postgresql" if volumes else socket, "PGUSER": os.environ["PGUSER"]}
    for key in ("PGPORT", "PGPASSWORD"):
        if os.environ.get(key):
            settings[key] = os.environ[key]
    variables = [f"--env={key}={value}" for key, value in {**settings, **environment}.items()]
    store = ["--root", str(STORE / "storage"), "--runroot", str(STORE / "run")]
    return [
        "buildah",
        *store,
        "run",
        "--isolation",
        "chroot",
        *volumes,
        *variables,
        name,
        "--",
        *command,
    ]


@contextmanager
def process(image, role, database, **environment):
    """A container's process in one role, and the ways to it."""
    port, websocket_port = free_ports(2)
    settings = {
        "DB_NAME": database,
        "HTTP_PORT": port,
        "WEBSOCKET_PORT": websocket_port,
        **environment,
    }
    log = STORE / f"{role}.log"
    with container(image) as name, log.open("w") as output:
        running = subprocess.Popen(
            run_command(name, "/usr/bin/tini", "-g", "--", "docker/entrypoint", role, **settings),
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
        )
        try:
            yield name, port, settings, running, log
        finally:
            end(running)


def end(running):
    """End a container's processes: buildah passes no signals on in a chroot."""
    family = psutil.Process(running.pid).children(recursive=True)
    for member in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            member.terminate()
    _gone, alive = psutil.wait_procs(family, timeout=15)
    for member in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            member.kill()
    running.wait(10)


def free_ports(count):
    """Ports that nobody listens on now; the container shares the host's network."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def wait_for(url, running, log, seconds=90):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert running.poll() is None, log.read_text()[-3000:]
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"no answer from {url}:\n{log.read_text()[-3000:]}")


def test_image_is_small_and_no_root(image):
    config = json.loads(buildah("inspect", "--type", "image", image))["Docker"]["config"]
    assert config["User"] == "10001:10001"
    assert config["Healthcheck"]["Test"] == ["CMD", "docker/entrypoint", "health"]
    secret = [line for line in config["Env"] if "PASSWORD" in line or "SECRET" in line]
    assert secret == []


def test_pages_answer_from_the_image(image, database):
    with process(image, "http", database, HTTP_WORKERS=2) as (name, port, settings, running, log):
        status, body = wait_for(f"http://127.0.0.1:{port}/web/health", running, log)
        assert (status, json.loads(body)) == (200, {"status": "pass"})
        status, page = wait_for(f"http://127.0.0.1:{port}/web/login", running, log)
        assert status == 200 and "oe_login_form" in page
        healthy = run_command(name, "docker/entrypoint", "health", **settings)
        assert subprocess.run(healthy, cwd=ROOT).returncode == 0
        assert "jobrunner" not in log.read_text() or "NOT started" in log.read_text()
    wrong = {"HTTP_PORT": free_ports(1)[0]}
    with container(image) as name:
        sick = run_command(name, "docker/entrypoint", "health", **wrong)
        assert subprocess.run(sick, cwd=ROOT).returncode == 1


def test_websocket_process(image, database):
    with process(image, "websocket", database) as (_name, _port, settings, running, log):
        url = f"http://127.0.0.1:{settings['WEBSOCKET_PORT']}/websocket/health"
        status, body = wait_for(url, running, log)
        assert (status, json.loads(body)) == (200, {"status": "pass"})


def test_jobs_process_runs_the_queue(image, database):
    with process(image, "jobs", database, JOB_WORKERS=1) as (_name, port, _settings, running, log):
        wait_for(f"http://127.0.0.1:{port}/web/health", running, log)
        end = time.monotonic() + 60
        while f"queue job runner ready for db {database}" not in log.read_text():
            assert time.monotonic() < end, log.read_text()[-3000:]
            time.sleep(0.5)


def test_prints_pdf_as_its_user(image, tmp_path):
    with container(image) as name:
        script = (
            "id -u; cd /tmp; echo '<p>Печать from the image</p>' >a.html;"
            " sed -i '1i <meta charset=utf-8>' a.html; wkhtmltopdf --quiet a.html a.pdf;"
            " pdf='from pypdf import PdfReader as R; print(R(\"a.pdf\").pages[0].extract_text())';"
            ' python -c "$pdf"'
        )
        command = run_command(name, "bash", "-euc", script)
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split("\n")[:2] == ["10001", "Печать from the image"], done.stderr


def test_regions_and_their_tools_are_in_the_image(image):
    with container(image) as name:
        listed = subprocess.run(
            run_command(name, "python", "tools/region", "list"),
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert "ca-qc" in listed.stdout and "eu-east" in listed.stdout, listed.stderr
        check = ["bash", "-c", "touch addons/x 2>&1; ls; command -v gcc git; true"]
        done = subprocess.run(run_command(name, *check), cwd=ROOT, capture_output=True, text=True)
    assert "Permission denied" in done.stdout, "the program's files are writable"
    assert "/gcc" not in done.stdout and "/git" not in done.stdout
