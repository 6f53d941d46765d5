"""Provisioning that is killed goes on where it was and ends as one that was left alone."""

import os
import re
import signal
import subprocess
import time

import pytest

DEALERS = 12
KILL_AFTER = 4  # dealers
PREFIX = "HALT"

pytestmark = pytest.mark.timeout(1800)  # several registries are loaded from nothing


def add_dealers(env, prefix):
    """Active dealers of all three modes, with two people each."""
    roles = [env.ref("dealer_network.role_principal"), env.ref("dealer_network.role_salesperson")]
    modes = ["full", "full", "light", "connected"]
    dealers = env["dealer.dealer"].create(
        [
            {
                "code": f"{prefix}{number:02}",
                "name": f"Run {prefix} {number:02}",
                "type_id": env.ref("dealer_network.type_dealer").id,
                "state": "active",
                "mode": modes[number % len(modes)],
                "provision_invite": False,
            }
            for number in range(DEALERS)
        ]
    )
    for dealer in dealers:
        for number, role in enumerate(roles):
            person = env["dealer.person"].create(
                {
                    "name": f"{dealer.code} {number}",
                    "email": f"p{number}@{dealer.code.lower()}.example",
                }
            )
            env["dealer.staff"].create(
                {"dealer_id": dealer.id, "person_id": person.id, "role_id": role.id}
            )
    return dealers


def outcome(env, prefix):
    """What the dealers have in the end, without ids and without the prefix."""
    found = []
    for dealer in env["dealer.dealer"].search([("code", "=like", f"{prefix}%")], order="code"):
        company = dealer.company_id
        users = (dealer.staff_ids.user_id | dealer.api_user_id).sorted("login")
        models = (
            "stock.warehouse",
            "product.pricelist",
            "crm.team",
            "stock.picking.type",
            "stock.location",
            "ir.sequence",
            "resource.calendar",
        )
        counts = {
            model: env[model]
            .with_context(active_test=False)
            .search_count([("company_id", "=", company.id)])
            for model in models
            if company
        }
        found.append(
            {
                "dealer": dealer.code,
                "state": (dealer.provisioning_state, dealer.provisioning_progress),
                "company": company.name,
                "companies of that name": env["res.company"].search_count(
                    [("name", "=like", f"{dealer.name}%")]
                ),
                "counts": counts,
                "users": [
                    (
                        user.login,
                        user.company_ids.mapped("name"),
                        user.all_group_ids.mapped("full_name"),
                    )
                    for user in users
                ],
            }
        )
    return re.sub(f"(?i){prefix}", "X", repr(found))


def provision(region, prefix):
    codes = [option for n in range(DEALERS) for option in ("--code", f"{prefix}{n:02}")]
    return region.odoo("provision", *codes, stdout=subprocess.PIPE, text=True)


def left(env, prefix):
    """Dealers that are not done."""
    return env["dealer.dealer"].search_count(
        [("code", "=like", f"{prefix}%"), ("provisioning_state", "!=", "done")]
    )


@pytest.fixture
def killed(region):
    """A run that was killed while it worked on a dealer."""
    with region.env() as env:
        add_dealers(env, PREFIX)
    process = provision(region, PREFIX)
    for line in process.stdout:
        if line.startswith(f"{KILL_AFTER}/"):
            break
    time.sleep(0.2)  # now it is in the middle of the next one
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    return region


def test_killed_provisioning_resumes_and_ends_the_same(killed):
    region = killed
    with region.env() as env:
        assert KILL_AFTER <= DEALERS - left(env, PREFIX) < DEALERS
    assert provision(region, PREFIX).wait(timeout=600) == 0
    with region.env() as env:
        add_dealers(env, "CALM")
    assert provision(region, "CALM").wait(timeout=600) == 0
    with region.env() as env:
        assert left(env, PREFIX) == 0
        assert outcome(env, PREFIX) == outcome(env, "CALM")
        assert provision(region, PREFIX).wait(timeout=600) == 0, "nothing is left to do"


@pytest.mark.skipif(
    "PROVISIONING_QUEUE_TEST" not in os.environ,
    reason="not yet seen to its end: the queue finds dead jobs after minutes; the command line's "
    "resume is tested above. Set PROVISIONING_QUEUE_TEST=1 to run it.",
)
def test_killed_server_takes_up_its_provisioning_jobs_again(region):
    """The same through the queue: a job whose worker died is found dead and run again."""
    with region.env() as env:
        dealers = add_dealers(env, "JOB")
        dealers.action_provision()
        ids = dealers.ids
    workers = wait_for(lambda: started_jobs(region), 120)
    assert workers, "the job runner started none of the jobs"
    for pid in job_workers(region):
        subprocess.run(["kill", "-9", str(pid)], check=False)

    def done():
        with region.env() as env:
            states = env["dealer.dealer"].browse(ids).mapped("provisioning_state")
            return all(state == "done" for state in states)

    assert wait_for(done, 600, pause=2)
    with region.env() as env:
        assert left(env, "JOB") == 0
        assert (
            env["queue.job"].search_count(
                [("method_name", "=", "_provision_job"), ("state", "in", ("failed", "started"))]
            )
            == 0
        )


def started_jobs(region):
    with region.env() as env:
        return env["queue.job"].search_count(
            [("method_name", "=", "_provision_job"), ("state", "=", "started")]
        )


def job_workers(region):
    """Processes of the region's server that hold the lock of a running job."""
    with region.env() as env:
        env.cr.execute(
            """SELECT application_name FROM pg_stat_activity
                WHERE datname = %s AND application_name LIKE 'odoo-%%'""",
            [region.db],
        )
        names = [name for (name,) in env.cr.fetchall()]
    found = {int(match[1]) for name in names if (match := re.match(r"odoo-(\d+)", name))}
    return found - {os.getpid()}


def wait_for(condition, timeout, pause=0.3):
    """Return the first true value of the condition, or its last one after `timeout` seconds."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(pause)
    return condition()
