"""One deal from the first letter to the closed dossier, and one that is refused: role by role.

The salesperson and the head work in a real browser where a screen matters; factory, warehouse and
bookkeeping are done as the system administrator.
"""

import io
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from odoo.fields import Command

RESULTS = Path(__file__).resolve().parents[2] / "test-results"
SELLER, HEAD = "sales.pumps@aquila.example", "head@aquila.example"
STAGE = ".o_statusbar_status .o_arrow_button_current"
FITTING = 4  # pieces of the stocked pump


class Story:
    """The deal's ids, and what the others do meanwhile."""

    def __init__(self, region):
        self.region = region
        with region.env() as env:
            self.products = self._products(env)
            self.lead_id = self._letter(env)

    def _products(self, env):
        """One product from stock, one made, one bought, one of which a part is in stock."""
        warehouse = env["stock.warehouse"].search([("company_id", "=", 1)], limit=1)
        vendor = env["res.partner"].create({"name": "Story vendor (demo)"})
        seller = [Command.create({"partner_id": vendor.id, "price": 50, "delay": 3})]
        part, stocked, made, bought, mixed = env["product.product"].create(
            [
                {"name": f"Story {name}", "is_storable": True, "list_price": 500, **values}
                for name, values in (
                    ("casting", {}),
                    ("pump from stock", {}),
                    ("pump made to order", {}),
                    ("drive bought in", {"seller_ids": seller}),
                    ("pump partly in stock", {}),
                )
            ]
        )
        for product in (made, mixed):
            env["mrp.bom"].create(
                {
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "company_id": 1,
                    "bom_line_ids": [Command.create({"product_id": part.id, "product_qty": 1})],
                }
            )
        for product, quantity in ((part, 100), (stocked, FITTING), (mixed, 2)):
            env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, quantity)
        return {
            "stocked": stocked.id,
            "made": made.id,
            "bought": bought.id,
            "mixed": mixed.id,
        }

    def _letter(self, env):
        """A letter comes to the desk; the head gives the lead to the salesperson of pumps."""
        inquiry = env["crm.inquiry"]._receive(
            {
                "channel": env.ref("inquiry_desk.channel_chat"),
                "subject": "Pumps for the rinsing line",
                "text": "We need pumps for our rinsing line, some of them soon.",
                "name": "Rita Rinse (demo)",
                "email": "rita@rinsing.example",
                "phone": "+33 1 99 00 70 01",
            }
        )
        lead = inquiry.lead_id
        lead.with_user(env.ref("sales_team.aquila_head")).write(
            {
                "user_id": env.ref("sales_team.aquila_sales_pumps").id,
                "team_id": env.ref("sales_team.aquila_team_pumps").id,
            }
        )
        return lead.id

    def act(self, login, do):
        """Run ``do(env, deal)`` as a user, on a cursor of its own."""
        with self.region.env(login) as env:
            return do(env, env["crm.lead"].browse(self.lead_id))

    def complete(self, env, lead):
        """What the salesperson learns on the telephone."""
        lead.partner_id.write(
            {
                "customer_kind": "entrepreneur",
                "vat": "FR23000900099",
                "company_registry": "00090009900099",
                "street": "7 rue du Lavoir",
                "city": "Nantes",
                "country_id": env.ref("base.fr").id,
                "bank_ids": [Command.create({"acc_number": "DEMO 7001"})],
            }
        )
        kind = env.ref("deal_process.need_kind_equipment")
        lead.need_ids = [
            Command.create({"kind_id": kind.id, "name": "Pumps for rinsing", "quantity": 4}),
            Command.create({"kind_id": kind.id, "name": "Drive with frequency control"}),
        ]

    def offer(self, env, lead):
        """From the selection to the quotation; lines of all four kinds. Return its id."""
        selection = env["equipment.selection"].browse(lead.action_select_equipment()["res_id"])
        selection.type_id = env.ref("equipment_type.type_centrifugal_pump")
        selection.action_compare()
        selection.fitting_ids[:1].action_choose()
        order = env["sale.order"].browse(selection.action_make_quotation()["res_id"])
        assert order.order_line.product_id and order.opportunity_id == lead
        # the customer decides for others: one line of each kind
        order.order_line = [
            Command.clear(),
            *(
                Command.create({"product_id": self.products[name], "product_uom_qty": 4})
                for name in ("stocked", "made", "bought", "mixed")
            ),
        ]
        order.action_quotation_sent()
        return order.id

    def contract(self, env, lead):
        env["deal.document"].create(
            {
                "lead_id": lead.id,
                "type_id": env.ref("deal_process.document_contract").id,
                "name": "Contract of the story (demo)",
            }
        )

    def produce(self, env, lead):
        """The factory makes what is to be made, the vendor delivers."""
        moves = lead.order_ids.order_line.move_ids
        productions = moves.move_orig_ids.production_id
        assert productions, "nothing is made"
        for production in productions:
            production.action_assign()
            production.qty_producing = production.product_qty
            production._set_qty_producing()
            production.button_mark_done()
        purchases = moves.created_purchase_line_ids.order_id
        assert purchases, "nothing is bought"
        purchases.button_confirm()
        for picking in purchases.picking_ids:
            picking.move_ids.picked = True
            picking.button_validate()

    def deliver(self, env, lead):
        pickings = lead.order_ids.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        pickings.action_assign()
        pickings.move_ids.picked = True
        pickings.with_context(skip_backorder=True, skip_sms=True).button_validate()
        assert set(pickings.mapped("state")) == {"done"}

    def invoice_and_pay(self, env, lead):
        moves = lead.order_ids._create_invoices()
        moves.action_post()
        register = env["account.payment.register"].with_context(
            active_model="account.move", active_ids=moves.ids
        )
        register.create({})._create_payments()

    def answer_service_offer(self, env, lead):
        """The customer has people of his own for service."""
        offer = lead.service_offer_ids
        assert offer, "service was not offered"
        offer.refusal_reason_id = offer.refusal_reason_id.search([], limit=1)
        offer.action_refuse()


@pytest.fixture(scope="module")
def story(region):
    return Story(region)


def open_deal(screen, deal_id):
    page = screen.open(f"/odoo/deals/{deal_id}", ".o_form_view .o_form_sheet")
    page.wait_for_selector(".o_deal_next_step, .o_deal_dossier, .o_statusbar_status")
    return page


def goods(page):
    """Open the page of the deal that says where its goods are; return its rows."""
    page.click(".nav-link[name=fulfilment]")
    page.wait_for_selector(".o_deal_lazy_page .o_field_widget[name=fulfilment_ids] .o_data_row")
    return page.locator(".o_field_widget[name=fulfilment_ids] .o_data_row")


def next_stage(page, stage):
    page.click("button[name=action_next_stage]")
    page.wait_for_selector(f"{STAGE}:has-text('{stage}')", timeout=60_000)


@pytest.mark.timeout(1200)
def test_from_the_letter_to_the_closed_deal(sign_in, story):
    seller = sign_in(SELLER)

    # Lead: the form says what is missing, the stock button does not help
    page = seller.open(f"/odoo/leads-to-qualify/{story.lead_id}", ".o_deal_next_step")
    text = page.locator(".o_deal_next_step").inner_text()
    assert "Needs" in text and "street" in text
    seller.shot("deal_lead_missing")
    page.click("button[name=action_make_deal]")
    page.wait_for_selector(".modal:has-text('Needs')")
    page.click(".modal .btn-primary")

    # Qualification, and the deal
    story.act(SELLER, story.complete)
    page = seller.open(f"/odoo/leads-to-qualify/{story.lead_id}", ".o_deal_next_step")
    page.click(".o_notebook_headers [name=qualification]")
    page.click("button[name=action_qualify]")
    page.wait_for_selector(".o_field_widget[name=qualification]:has-text('Qualified')")
    seller.shot("deal_qualification")
    page.click("button[name=action_make_deal]")
    page.wait_for_selector(f"{STAGE}:has-text('Equipment selection')", timeout=60_000)

    # Selection, offer on paper, review, order
    order_id = story.act(SELLER, story.offer)
    with story.region.env(SELLER) as env:
        # Odoo prints nothing in tests unless it is asked to
        report = env["ir.actions.report"].with_context(force_report_rendering=True)
        pdf, _kind = report._render_qweb_pdf("equipment_offer.offer_report", [order_id])
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "deal_offer.pdf").write_bytes(pdf)
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages)
    assert "Story pump from stock" in text and "Rita Rinse" in text
    page = seller.open(f"/odoo/sales/{order_id}", ".o_form_view .o_form_sheet")
    page.click("button[name=action_offer_accepted]")
    page.wait_for_selector(".o_field_widget[name=offer_answer]:has-text('Accepted')")
    seller.shot("deal_offer_accepted")
    page.click(".o_statusbar_buttons button[name=action_confirm]:visible")
    page.wait_for_selector(f"{STAGE}:has-text('Sales Order')", timeout=60_000)

    # All four kinds of lines, seen on the deal
    with story.region.env(SELLER) as env:
        lead = env["crm.lead"].browse(story.lead_id)
        parts = lead.sudo().fulfilment_ids.grouped(lambda part: part.product_id.id)
        sources = {
            name: sorted((part.source, part.quantity) for part in parts[product])
            for name, product in story.products.items()
        }
        kinds = {source for lines in sources.values() for source, _quantity in lines}
        assert [quantity for _source, quantity in sources["stocked"]] == [4.0]
        assert [quantity for _source, quantity in sources["mixed"]] == [2.0, 2.0]
        assert len({source for source, _quantity in sources["mixed"]}) == 2
        assert len(kinds) == 3, sources
        before = lead.fulfilment_readiness
        assert 0 < before < 100

    page = open_deal(seller, story.lead_id)
    rows = [row.inner_text() for row in goods(page).all()]
    assert len(rows) == 5, rows
    for product, source in (
        ("from stock", "From stock"),
        ("made to order", "Manufactured"),
        ("bought in", "Bought"),
        ("partly in stock", "From stock"),
        ("partly in stock", "Manufactured"),
    ):
        assert any(product in row and source in row for row in rows), (product, source, rows)
    assert any("made to order" in row and "Ready" not in row for row in rows)
    page.locator(".o_deal_lazy_page").scroll_into_view_if_needed()
    seller.shot("deal_goods")

    # Contract, production, sale from stock
    page.click("button[name=action_next_stage]")
    page.wait_for_selector(".modal:has-text('Contract')")
    page.click(".modal .btn-primary")
    story.act(SELLER, story.contract)
    page = open_deal(seller, story.lead_id)
    next_stage(page, "Production")
    page.click("button[name=action_next_stage]")
    page.wait_for_selector(".modal .modal-body")  # the goods are not there
    page.click(".modal .btn-primary")
    story.act("admin", story.produce)
    with story.region.env(SELLER) as env:
        assert env["crm.lead"].browse(story.lead_id).fulfilment_readiness > before
    page = open_deal(seller, story.lead_id)
    # the web client shows what it has cached first, and then what has become of it
    expect(goods(page).filter(has_text="Ready")).to_have_count(5, timeout=60_000)
    next_stage(page, "Sale from stock")

    # Delivery; nothing to install; service
    story.act("admin", story.deliver)
    page = open_deal(seller, story.lead_id)
    next_stage(page, "Service")

    # Closing is refused with the list, then allowed
    page.click("button[name=action_next_stage]")
    page.wait_for_selector(".modal:has-text('no invoice yet')")
    assert "ervice" in page.locator(".modal").inner_text()
    seller.shot("deal_closing_refused")
    page.click(".modal .btn-primary")
    story.act("admin", story.invoice_and_pay)
    story.act("admin", story.answer_service_offer)
    page = open_deal(seller, story.lead_id)
    page.click(".o_notebook_headers [name=dossier]")
    page.wait_for_selector(".o_deal_dossier tr:has-text('Contract of the story')")
    assert not page.locator(".o_deal_missing").count()
    page.locator(".o_deal_dossier h4 >> nth=1").scroll_into_view_if_needed()
    seller.shot("deal_dossier")
    next_stage(page, "Closed")
    with story.region.env(SELLER) as env:
        lead = env["crm.lead"].browse(story.lead_id)
        assert (lead.deal_outcome, lead.won_status) == ("closed", "won")
        kinds = {
            kind["name"]: len(kind["documents"])
            for stage in lead.dossier()
            for kind in stage["kinds"]
        }
        for name in ("Order", "Contract", "Invoice", "Payment", "Waybill", "Inquiry"):
            assert kinds[name], f"{name} is not in the dossier: {kinds}"
    assert not seller.errors


@pytest.mark.timeout(600)
def test_refused_deal_is_reviewed_by_the_head(sign_in, region):
    with region.env() as env:
        deal_id = env.ref("deal_process.deal_roses").id
    seller = sign_in(SELLER)
    page = open_deal(seller, deal_id)
    page.click(".o_statusbar_buttons button:has-text('Refusal')")
    page.wait_for_selector(".modal .o_field_widget[name=lost_reason_id]")
    page.click(".modal .o_selection_badge:has-text('A rival was cheaper')")
    seller.shot("deal_refusal")
    page.click(".modal button[name=action_lost_reason_apply]")
    page.wait_for_selector(f"{STAGE}:has-text('Refused')", timeout=60_000)

    head = sign_in(HEAD)
    page = head.open("/odoo/deal-reviews", ".o_data_row:has-text('Garden well pump')")
    # the desk's reminders would lie over what is to be clicked
    page.add_style_tag(content=".o_notification_manager { display: none }")
    page.click(".o_data_row:has-text('Garden well pump') .o_data_cell[name=lost_reason_id]")
    page.wait_for_selector(".o_form_view .o_form_sheet")
    page.click(".o_field_widget[name=score] label:has-text('Fair')")
    page.fill(".o_field_widget[name=conclusion] textarea", "Ask for the budget first.")
    head.shot("head_review")
    page.click("button[name=action_done]")
    page.wait_for_selector(f"{STAGE}:has-text('Reviewed')", timeout=60_000)

    with region.env(SELLER) as env:
        deal = env["crm.lead"].browse(deal_id)
        assert deal.deal_outcome == "unsuitable"
        review = env["deal.review"].search([("lead_id", "=", deal_id)])
        assert (review.score, review.conclusion) == ("3", "Ask for the budget first.")
    assert not seller.errors and not head.errors
