"""The whole life of a chamber on the demo region, each part by the person who does it.

Made for a deal, applied for, tested, certified, delivered, commissioned, service offered, contract
concluded, first visit planned, and the reminder before the certificate ends. The salesperson clicks
the deal from stage to stage; screens of engineer and technician have tests of their own.
"""

import io

import pytest
from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import UserError

SELLER, PLANNER = "sales.test@aquila.example", "planner@aquila.example"
ENGINEER, TECHNICIAN = "certification@aquila.example", "service@aquila.example"
MANAGER = "head.service@aquila.example"
SERIAL = "KT500-7001"
STAGE = ".o_statusbar_status .o_arrow_button_current"
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)

pytestmark = pytest.mark.timeout(1200)


class Story:
    """The demo deal for a chamber, and what the people around it do."""

    def __init__(self, region):
        self.region = region
        with region.env() as env:
            self.lead_id = env.ref("deal_process.deal_chamber_paint").id

    def act(self, login, do):
        """Run ``do(env, deal)`` as a user; the deal itself as the system."""
        with self.region.env(login) as env:
            return do(env, env["crm.lead"].sudo().browse(self.lead_id))

    def produce(self, env, lead):
        """The factory makes the chamber and gives it its serial number."""
        production = env["mrp.production"].browse(
            lead.order_ids.order_line.move_ids.move_orig_ids.production_id.ids
        )
        production.ensure_one()
        self._lay_parts_ready(production.sudo().move_raw_ids)
        production.action_assign()
        production.lot_producing_ids = env["stock.lot"].create(
            {
                "name": SERIAL,
                "product_id": production.product_id.id,
                "company_id": production.company_id.id,
            }
        )
        production.qty_producing = 1
        production._set_qty_producing()
        production.button_mark_done()
        assert production.state == "done"
        assert production.lacks_certificate
        return production.id

    def _lay_parts_ready(self, moves):
        """The store has what the bill of materials asks for, the drive with its number."""
        for move in moves:
            product, lot = move.product_id, None
            if product.tracking == "serial":
                values = {"name": f"{SERIAL} drive", "product_id": product.id}
                lot = move.env["stock.lot"].create(values)
            move.env["stock.quant"]._update_available_quantity(
                product, move.location_id, move.product_uom_qty, lot_id=lot
            )

    def apply(self, env, lead):
        """From the manufacturing order to the laboratory."""
        production = env["mrp.production"].search([("lot_producing_ids.name", "=", SERIAL)])
        action = production.action_apply_for_certification()
        application = env["certification.application"].browse(action["res_id"])
        application.action_submit()
        application.action_start_tests()
        return application.id

    def certify(self, env, lead, application_id):
        """The tests are passed, the laboratory's certificate is entered."""
        application = env["certification.application"].browse(application_id)
        for line in application.test_ids.line_ids:
            if line.kind == "check":
                line.check = "yes"
            else:
                line.value = line.value_min + 0.1 if line.has_min else line.value_max / 2
        application.test_ids.action_done()
        assert application.state == "passed"
        action = application.action_create_certificate()
        certificate = env["certification.certificate"].browse(action["res_id"])
        certificate.write({"name": "MCL-7001", "file": "Zg==", "filename": "scan.pdf"})
        certificate.action_validate()
        return certificate.id

    def deliver(self, env, lead):
        """The warehouse sends what the order is for."""
        pickings = env["stock.picking"].browse(lead.order_ids.picking_ids.ids)
        pickings = pickings.filtered(lambda one: one.state not in ("done", "cancel"))
        pickings.action_assign()
        assert pickings.move_line_ids.lot_id.mapped("name") == [SERIAL]
        pickings.move_ids.picked = True
        pickings.with_context(skip_sms=True).button_validate()
        assert set(pickings.mapped("state")) == {"done"}
        return pickings.move_line_ids.certificate_ids.mapped("name")

    def plan(self, env, lead):
        """The service manager gives the work that the delivery has made to the technician."""
        work = env["equipment.protocol"].search([("serial", "=", SERIAL)])
        assert sorted(work.mapped("kind")) == ["commissioning", "delivery"]
        technician = env["res.users"].search([("login", "=", TECHNICIAN)])
        work.write({"user_id": technician.id, "date_planned": fields.Datetime.now()})
        assert set(work.mapped("state")) == {"planned"}

    def commission(self, env, lead):
        """The technician answers, takes photos, and both sides sign; return the printed page."""
        for work in env["equipment.protocol"].search([("serial", "=", SERIAL)], order="id"):
            work.action_start()
            for line in work.line_ids:
                if line.kind == "check":
                    line.result = "ok"
                elif line.kind == "reading":
                    line.value = line.minimum or line.maximum or 1
                else:
                    line.text = "As ordered"
            work.photo_ids.create(
                [
                    {"protocol_id": work.id, "name": f"Plate {number}", "image_1920": PIXEL}
                    for number in range(work.photo_minimum)
                ]
            )
            work.write({"technician_signature": PIXEL})
            work.write({"customer_signature": PIXEL, "customer_signer": "Pablo Paint (demo)"})
            assert (work.state, work.is_content_intact) == ("done", True)
        assert work.unit_id.state == "service"
        report = env["ir.actions.report"].with_context(force_report_rendering=True)
        pdf, _kind = report._render_qweb_pdf("equipment_registry.report_protocol", work.ids)
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)

    def agree(self, env, lead):
        """The customer wants the maintenance that the task *Offer service* is for."""
        kinds = lead.activity_ids.activity_type_id
        assert env.ref("service_contract.mail_activity_type_offer").sudo() in kinds
        offer = env["service.offer"].browse(lead.service_offer_ids.ids)
        assert offer.unit_ids.sudo().mapped("serial") == [SERIAL]
        offer.plan_id = env.ref("service_contract.plan_full")
        offer.action_accept()
        kinds = lead.activity_ids.activity_type_id
        assert env.ref("service_contract.mail_activity_type_conclude").sudo() in kinds

    def conclude(self, env, lead):
        """The service manager puts the contract in force and prepares its first visit."""
        contract = env["service.contract"].browse(lead.service_offer_ids.contract_id.ids)
        contract.technician_id = env["res.users"].search([("login", "=", TECHNICIAN)])
        contract.action_activate()
        assert (contract.state, contract.offer_ids.state) == ("active", "concluded")
        first = contract.visit_ids.sorted("number")[:1]
        assert first.unit_id.serial == SERIAL and first.date > contract.date_start
        first.action_prepare()
        assert first.user_id.login == TECHNICIAN
        return first.protocol_id.state

    def documents(self, env, lead):
        """Return what the dossier has of each kind."""
        return {
            kind["name"]: len(kind["documents"])
            for stage in lead.dossier()
            for kind in stage["kinds"]
        }


@pytest.fixture
def story(region):
    return Story(region)


def open_deal(screen, deal_id):
    page = screen.open(f"/odoo/deals/{deal_id}", ".o_form_view .o_form_sheet")
    page.wait_for_selector(".o_statusbar_status")
    return page


def next_stage(screen, deal_id, stage):
    page = open_deal(screen, deal_id)
    page.click("button[name=action_next_stage]")
    page.wait_for_selector(f"{STAGE}:has-text('{stage}')", timeout=60_000)


def stays(screen, deal_id, words):
    """The stage is not left, and the dialog says why."""
    page = open_deal(screen, deal_id)
    page.click("button[name=action_next_stage]")
    page.wait_for_selector(f".modal:has-text('{words}')", timeout=60_000)
    page.click(".modal .btn-primary")


def test_from_production_to_the_first_visit(sign_in, story):
    seller = sign_in(SELLER)

    # made; without certificate neither the deal nor the chamber goes on
    story.act(PLANNER, story.produce)
    next_stage(seller, story.lead_id, "Certification")
    stays(seller, story.lead_id, f"serial {SERIAL}")
    with pytest.raises(UserError, match=f"{SERIAL}.*no certificate"):
        story.act(MANAGER, story.deliver)

    # applied for, tested, certified, delivered
    application = story.act(ENGINEER, story.apply)
    certificate = story.act(ENGINEER, lambda env, lead: story.certify(env, lead, application))
    next_stage(seller, story.lead_id, "Sale from stock")
    assert story.act(MANAGER, story.deliver) == ["MCL-7001"]

    # commissioned
    next_stage(seller, story.lead_id, "Installation")
    stays(seller, story.lead_id, f"{SERIAL} is not commissioned")
    story.act(MANAGER, story.plan)
    printed = story.act(TECHNICIAN, story.commission)
    assert SERIAL in printed and "Pablo Paint" in printed

    # served
    next_stage(seller, story.lead_id, "Service")
    stays(seller, story.lead_id, "note the answer")
    story.act(SELLER, story.agree)
    stays(seller, story.lead_id, "conclude the maintenance contract")
    assert story.act(MANAGER, story.conclude) == "planned"

    # what is kept of it
    kinds = story.act(SELLER, story.documents)
    assert kinds["Certificate"] == 1 and kinds["Protocol"] == 2 and kinds["Maintenance contract"]
    with story.region.env() as env:
        unit = env["equipment.unit"].search([("serial", "=", SERIAL)])
        events = unit.event_ids.sorted("id").mapped("kind")
        assert events == ["produced", "delivered", "handed_over", "commissioned"]
    remind_before_the_end(story.region, certificate)
    assert not seller.errors


def remind_before_the_end(region, certificate_id):
    """The certificate comes near its end: the nightly job tells the engineer."""
    with region.env() as env:
        certificate = env["certification.certificate"].browse(certificate_id)
        assert certificate.date_remind > fields.Date.today()
        certificate.date_remind = fields.Date.today()
        certificate._cron_follow_up()
        task = certificate.activity_ids.filtered("automated")
        assert task.user_id.login == ENGINEER and task.date_deadline == certificate.date_to
        mail = env["mail.mail"].search([("subject", "ilike", "MCL-7001")])
        assert ENGINEER in mail.email_to and mail.state in ("outgoing", "sent")
