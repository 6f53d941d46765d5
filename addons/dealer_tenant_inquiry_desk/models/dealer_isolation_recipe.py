from odoo import models


class DealerIsolationRecipe(models.AbstractModel):
    _inherit = "dealer.isolation.recipe"

    def _make_crm_inquiry(self, maker):
        channel = maker.record("crm.inquiry.channel")
        return {
            "channel_id": channel.id,
            "company_id": channel.company_id.id,
            "subject": "Isolation probe",
            "contact_name": "Isolation probe",
            "phone": "+33199009900",
            "email": "probe@isolation.example",
        }

    def _make_crm_inquiry_channel(self, maker):
        return {"name": "Isolation probe", "kind": "mail"}

    def _make_crm_inquiry_refusal(self, maker):
        """Only the webhook makes one."""
        channel = maker.record("crm.inquiry.channel")
        refusals = maker.env["crm.inquiry.refusal"].sudo()
        return refusals.create({"channel_id": channel.id}).sudo(False)

    def _make_crm_inquiry_template(self, maker):
        return {"name": "Isolation probe", "body_pattern": "^Isolation probe"}

    def _make_crm_inquiry_template_line(self, maker):
        template = maker.record("crm.inquiry.template")
        return {"template_id": template.id, "field": "name", "labels": "Isolation probe"}

    def _make_crm_inquiry_triage_check(self, maker):
        """Only the scheduled action makes one."""
        triage = maker.record("crm.inquiry.triage")
        checks = maker.env["crm.inquiry.triage.check"].sudo()
        values = {"triage_id": triage.id, "date": maker.env.cr.now(), "waiting": 7}
        return checks.create(values).sudo(False)
