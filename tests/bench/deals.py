"""What the benches of the deal screens share: deals with documents, and what a screen asks for."""

from lxml import etree

from odoo.fields import Command

GROUPS = (
    "base.group_user",
    "base.group_partner_manager",
    "sales_team.group_sale_salesman_all_leads",
)


def seller(env, *groups):
    """Make the salesperson of the bench, in the main company; return the user's id."""
    user = env["res.users"].create(
        {
            "name": "Bench seller",
            "login": "bench_seller",
            "group_ids": [Command.set([env.ref(group).id for group in (*GROUPS, *groups)])],
        }
    )
    return user.id


def customer(env):
    """A private person with all that a deal needs, and a contact's telephone."""
    return env["res.partner"].create(
        {
            "name": "Bench customer",
            "phone": "+33199000001",
            "street": "1 rue du Port",
            "city": "Nantes",
            "country_id": env.ref("base.fr").id,
        }
    )


def opportunities(env, count):
    """Make opportunities; where there is a deal process, deals with two needs each."""
    values = {"type": "opportunity", "partner_id": customer(env).id, "expected_revenue": 1000}
    if "deal.need" in env:
        kind = env.ref("deal_process.need_kind_equipment")
        values["need_ids"] = [
            Command.create({"kind_id": kind.id, "name": f"Need {number}"}) for number in range(2)
        ]
    return env["crm.lead"].create(
        [{"name": f"Bench deal {number}", **values} for number in range(count)]
    )


def orders(env, leads, **values):
    """Give every opportunity a quotation of one line."""
    product = env["product.product"].search([("default_code", "=", "BENCH")], limit=1)
    product = product or env["product.product"].sudo().create(
        {"name": "Bench service", "default_code": "BENCH", "type": "service", "list_price": 100}
    )
    return env["sale.order"].create(
        [
            {
                "partner_id": lead.partner_id.id,
                "opportunity_id": lead.id,
                "order_line": [Command.create({"product_id": product.id})],
                **values,
            }
            for lead in leads
        ]
    )


def screen(env, model, view_type, xml_id=None):
    """Return the specification that the web client sends for a view, with its sub-lists.

    :param xml_id: of the view; the default one if it is not given or not there
    """
    view = env.ref(xml_id, raise_if_not_found=False) if xml_id else None
    arch = env[model].get_view(view.id if view else None, view_type)["arch"]
    return _specification(env[model], etree.fromstring(arch))


def _specification(records, node):
    found = {}
    for field_node in node.iter("field"):
        if any(parent.tag == "field" for parent in field_node.iterancestors()):
            continue
        field = records._fields.get(field_node.get("name"))
        if not field or not records._has_field_access(field, "read"):
            continue
        found[field.name] = _of_field(records.env, field, field_node)
    return found


def _of_field(env, field, node):
    if node.get("invisible") in ("1", "True") or node.get("column_invisible") in ("1", "True"):
        return {}  # the client wants the value for conditions only
    if field.type == "many2one":
        return {"fields": {"display_name": {}}}
    if field.type not in ("one2many", "many2many"):
        return {}
    names = {inner.get("name") for inner in node.iter("field")} - {field.name}
    known = env[field.comodel_name]._fields
    fields = {name: {} for name in names if name in known} or {"display_name": {}}
    return {"fields": fields, "limit": 40}
