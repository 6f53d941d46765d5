"""A rival with a login, developer tools and an API key, against a running region.

Two committed synthetic dealers. The owner's user makes one record of every kind; the intruder
tries each over XML-RPC, JSON-2 and the routes of the web client.
"""

import json
import xmlrpc.client

import pytest

from odoo import fields

PASSWORD = "isolation-Check-1"
ACCESS_FAULT = 4  # AccessError; 3 would be a login that does not work


@pytest.fixture(scope="module")
def pair(region):
    """Make both dealers and the owner's records, and commit them."""
    # the region's own jobs send and clear away some of the records that are to be attacked
    region.switch_off_jobs("mail.ir_cron_post_scheduled_message", "base.autovacuum_job")
    with region.env() as env:
        check = env["dealer.isolation.check"]
        company = env["res.company"].create({"name": "HTTP owner"})
        owner = env["dealer.dealer"].create(
            {
                "code": "HTTP-OWNER",
                "name": "HTTP owner",
                "type_id": env.ref("dealer_network.type_dealer").id,
                "state": "active",
                "company_id": company.id,
            }
        )
        rival = check._synthetic_rival(owner)
        makers = check._makers(owner)
        records = {}
        for model_name in check._kinds():
            record, made, _reason = check._owned_record(makers, model_name)
            if not record or env[model_name]._transient:
                continue
            records[model_name] = {
                "id": record.id,
                "made": made,
                "table": env[model_name]._auto,
            }
        env.flush_all()
        for model_name, record in records.items():
            record["attachment"] = _attach(env, model_name, record["id"], company)
            record["value"] = _plain_value(env[model_name].browse(record["id"]))
            record["report"] = _report(env, model_name)
        thief = check._synthetic_user(rival, "intruder")
        for uid in (thief.uid, makers["form"].env.uid):
            env["res.users"].browse(uid).write({"password": PASSWORD})
            env.flush_all()
        key = _key(env, thief)
        pair = {
            "thief": thief.user.login,
            "thief_user": thief.uid,
            "owner": makers["form"].env.user.login,
            "owner_partner": makers["form"].env.user.partner_id.id,
            "owner_user": makers["form"].env.uid,
            "company": company.id,
            "key": key,
            "records": records,
        }
    yield pair


def _attach(env, model_name, record_id, company):
    if model_name == "ir.attachment":
        return record_id
    if not env[model_name]._auto:
        return None
    return (
        env["ir.attachment"]
        .create(
            {
                "name": "confidential.txt",
                "raw": b"confidential",
                "res_model": model_name,
                "res_id": record_id,
                "company_id": company.id,
            }
        )
        .id
    )


def _plain_value(record):
    for name, field in record._fields.items():
        plain = field.type in ("char", "text", "integer", "float") and field.store
        derived = field.compute or field.related or field.readonly or field.groups
        if plain and not derived and name != "id":
            return {name: record[name]}
    return None


def _report(env, model_name):
    report = env["ir.actions.report"].search(
        [("model", "=", model_name), ("report_type", "=", "qweb-pdf")], limit=1
    )
    return report.report_name or None


def _key(env, thief):
    expires = fields.Datetime.add(fields.Datetime.now(), days=1)
    keys = env["res.users.apikeys"].with_user(thief.uid).sudo()
    return keys._generate("rpc", "Isolation test", expires)


@pytest.fixture(scope="module")
def thief(region, pair):
    return region.rpc(pair["thief"], PASSWORD)


@pytest.fixture(scope="module")
def thief_web(region, pair):
    return region.web(pair["thief"], PASSWORD)


def opens(call, *args, **kwargs):
    """Return what an XML-RPC call gives away; None when it is refused or empty."""
    try:
        return call(*args, **kwargs) or None
    except xmlrpc.client.Fault as fault:
        if fault.faultCode == ACCESS_FAULT:
            return None
        assert fault.faultCode != 3, "the rival is locked out: nothing is proven"
        if "Record does not exist" in str(fault):
            return None
        # a fault in the middle of the work: whoever owns the record must meet it too
        return ("fault", str(fault)[-300:])


def compared(owner_call, result):
    """A door that breaks for the owner alike is no door."""
    if isinstance(result, tuple) and result[0] == "fault":
        return None if isinstance(opens(*owner_call), tuple) else result
    return result


def test_enough_kinds_were_made(pair):
    made = [record["made"] for record in pair["records"].values()]
    assert made.count("form") > 90, made.count("form")
    for kind in ("res.partner", "res.users", "crm.lead", "sale.order", "stock.lot", "mailing.list"):
        assert kind in pair["records"]


def test_the_rival_is_really_inside(region, pair, thief, thief_web):
    """A door proves nothing to somebody who never got into the house."""
    uid = pair["thief_user"]
    only = [["id", "=", uid]]
    assert thief.uid == uid
    assert thief("res.users", "search", only) == [uid]
    assert region.json2(pair["key"])("res.users", "search", domain=only) == [uid]
    answer = thief_web.call("res.users", "web_read", [uid], specification={"login": {}})
    assert answer["result"][0]["login"] == pair["thief"], answer


def test_owner_reads_its_records(region, pair):
    """The control: the doors that stay shut for the rival open for the owner."""
    owner = region.rpc(pair["owner"], PASSWORD)
    blind = [
        model
        for model, record in pair["records"].items()
        if record["made"] == "form"
        and opens(owner, model, "search", [("id", "=", record["id"])]) is None
    ]
    assert len(blind) < 5, blind


def test_xmlrpc(region, pair, thief):
    owner, leaks = region.rpc(pair["owner"], PASSWORD), []
    for model, record in pair["records"].items():
        only = [("id", "=", record["id"])]
        attempts = [
            (model, "search", only),
            (model, "search_count", only),
            (model, "name_search", "", only),
            (model, "read", [record["id"]], ["id", "display_name"]),
            (model, "export_data", [record["id"]], [".id", "display_name"]),
        ]
        if record["table"]:
            if record["value"]:
                attempts.append((model, "write", [record["id"]], record["value"]))
            # what it answers proves nothing; test_nothing_was_harmed looks after it
            opens(thief, model, "unlink", [record["id"]])
        for attempt in attempts:
            got = compared((owner, *attempt), opens(thief, *attempt))
            if got:
                leaks.append((*attempt[:2], got))
    assert leaks == []


#: Made anew from the dealers' release switches whenever a machine changes: what was put there by
#: hand goes by itself.
DERIVED = {"equipment.disclosure"}


def test_nothing_was_harmed(region, pair, thief):
    """After all attempts to delete, everything is there."""
    with region.env() as env:
        gone = [
            model
            for model, record in pair["records"].items()
            if env[model]._auto
            and model not in DERIVED
            and not env[model].browse(record["id"]).exists()
        ]
    assert gone == []


def test_json2(region, pair):
    client, leaks = region.json2(pair["key"]), []
    for model, record in pair["records"].items():
        only = [["id", "=", record["id"]]]
        attempts = {
            "search": {"domain": only},
            "search_read": {"domain": only, "fields": ["id"]},
            "read": {"ids": [record["id"]], "fields": ["id", "display_name"]},
            "formatted_read_group": {"domain": only, "groupby": [], "aggregates": ["__count"]},
        }
        for method, arguments in attempts.items():
            answer = client.raw(model, method, **arguments)
            if answer.status_code == 200 and _gives(answer.json()):
                leaks.append((model, method, answer.text[:200]))
    assert leaks == []


def _gives(result):
    if isinstance(result, list) and result and isinstance(result[0], dict):
        return any(row.get("__count", 1) for row in result)
    return bool(result)


def test_web_client(region, pair, thief_web):
    leaks = []
    for model, record in pair["records"].items():
        only = [["id", "=", record["id"]]]
        spec = {"display_name": {}}
        attempts = {
            "web_search_read": ([], {"domain": only, "specification": spec}),
            "web_read": ([[record["id"]]], {"specification": spec}),
            "web_read_group": ([], {"domain": only, "groupby": ["id"], "aggregates": []}),
            "web_name_search": ([], {"name": "", "domain": only, "specification": spec}),
            "copy": ([[record["id"]]], {}),
        }
        for method, (args, kwargs) in attempts.items():
            answer = thief_web.call(model, method, *args, **kwargs)
            result = answer.get("result")
            if isinstance(result, dict):
                result = result.get("records") or result.get("groups")
            if result:
                leaks.append((model, method, str(answer)[:200]))
    assert leaks == []


def test_files_pictures_and_prints(region, pair, thief_web):
    leaks = []
    for model, record in pair["records"].items():
        urls = [f"/web/content/{model}/{record['id']}/display_name"]
        if record["attachment"]:
            urls.append(f"/web/content/{record['attachment']}")
        if record["report"]:
            urls.append(f"/report/html/{record['report']}/{record['id']}")
        for url in urls:
            answer = thief_web.session.get(region.url + url, timeout=120)
            secret = b"confidential" in answer.content or b"Isolation probe" in answer.content
            if answer.status_code == 200 and secret:
                leaks.append((url, answer.content[:200]))
    assert leaks == []


def test_export_of_the_web_client(region, pair, thief_web):
    leaks = []
    page = thief_web.session.get(f"{region.url}/odoo", timeout=120).text
    token = page.split('csrf_token: "')[1].split('"')[0]
    own = _export(region, thief_web, token, "res.users", pair["thief_user"])
    assert "Isolation check intruder" in own.text, "the rival cannot export at all"
    for model, record in pair["records"].items():
        answer = _export(region, thief_web, token, model, record["id"])
        table = "csv" in answer.headers.get("Content-Type", "")
        lines = [line for line in answer.text.splitlines()[1:] if line.strip()]
        if answer.status_code == 200 and table and lines:
            leaks.append((model, answer.text[:200]))
    assert leaks == []


def _export(region, web, token, model, record_id):
    wanted = {
        "import_compat": False,
        "model": model,
        "ids": [record_id],
        "domain": [],
        "fields": [{"name": "display_name", "label": "Name", "type": "char"}],
        "groupby": [],
        "context": {},
    }
    return web.session.post(
        f"{region.url}/web/export/csv",
        data={"data": json.dumps(wanted), "csrf_token": token},
        timeout=120,
    )


def test_a_rivals_id_in_a_draft(pair, thief_web):
    """Every many2one shows a name: the draft of a lead, of an order, of a meeting."""
    vehicles = (
        ("crm.lead", "partner_id", "res.partner"),
        ("crm.lead", "user_id", "res.users"),
        ("crm.lead", "team_id", "crm.team"),
        ("crm.lead", "campaign_id", "utm.campaign"),
        ("sale.order", "partner_id", "res.partner"),
        ("sale.order", "pricelist_id", "product.pricelist"),
        ("stock.quant", "lot_id", "stock.lot"),
        ("project.task", "project_id", "project.project"),
    )
    for model, field, target in vehicles:
        record_id = pair["records"][target]["id"]
        spec = {field: {"fields": {"display_name": {}}}}
        answer = thief_web.call(model, "onchange", [], {field: record_id}, [field], spec)
        shown = ((answer.get("result") or {}).get("value") or {}).get(field)
        assert not shown, (model, field, answer)
        created = thief_web.call(model, "create", [{"name": "Spy", field: record_id}])
        assert "error" in created, (model, field, created)


def test_people_are_not_found(pair, thief, thief_web):
    owner = pair["owner"]
    suggestions = thief("res.partner", "get_mention_suggestions", owner[:14])
    assert owner not in str(suggestions)
    invited = thief_web.call("res.partner", "search_for_channel_invite", owner.split("@")[0])
    assert owner not in str(invited)
    assert pair["owner_partner"] not in invited["result"]["partner_ids"]
    by_address = thief_web.json(
        "/mail/partner/from_email",
        thread_model="res.partner",
        thread_id=pair["records"]["res.partner"]["id"],
        emails=[owner],
    )
    assert not any(row.get("id") == pair["owner_partner"] for row in by_address.get("result") or [])


def test_threads_are_closed(pair, thief_web):
    for model in ("res.partner", "crm.lead", "sale.order", "discuss.channel"):
        record_id = pair["records"][model]["id"]
        messages = thief_web.json(
            "/mail/thread/messages", thread_model=model, thread_id=record_id, fetch_params={}
        )
        # for a thread that it does not find, Odoo answers with one's own messages
        data = (messages.get("result") or {}).get("data") or {}
        read = [
            message
            for message in data.get("mail.message", [])
            if (message.get("model"), message.get("res_id")) == (model, record_id)
        ]
        assert not read, (model, read)
        post = thief_web.json(
            "/mail/message/post",
            thread_model=model,
            thread_id=record_id,
            post_data={"body": "Knock", "message_type": "comment"},
        )
        assert not (post.get("result") or {}).get("message_id"), (model, post)


def test_a_forged_company(pair, thief, thief_web):
    forged = {"allowed_company_ids": [pair["company"]]}
    for model in ("res.partner", "product.category", "res.country"):
        answer = thief_web.call(model, "search_read", [], ["display_name"], context=forged)
        assert "error" in answer, (model, str(answer)[:200])
    cookie = {"cids": str(pair["company"])}
    session = thief_web.session.get(
        f"{thief_web.region.url}/web/session/get_session_info", cookies=cookie, timeout=60
    )
    assert "HTTP owner" not in session.text


def test_private_methods_and_the_check_itself_are_out_of_reach(thief):
    for model, method in (
        ("dealer.isolation.check", "run"),
        ("dealer.isolation.check", "_check_dealer"),
        ("dealer.tenant.policy", "_policies"),
        ("ir.rule", "_compute_domain"),
    ):
        with pytest.raises(xmlrpc.client.Fault):
            thief(model, method)


def test_nothing_without_a_class(region):
    """Every model that dealers could reach is classified, for all that is installed."""
    with region.env() as env:
        policies = env["dealer.tenant.policy"]
        assert policies._unclassified_models() == []
        assert policies.search([])._with_broken_path().mapped("model") == []
