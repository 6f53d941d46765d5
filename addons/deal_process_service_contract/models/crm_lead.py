from odoo import fields, models
from odoo.fields import Command


class CrmLead(models.Model):
    _inherit = "crm.lead"

    service_offer_ids = fields.One2many("service.offer", "lead_id", string="Service offers")
    # kept: the form of every deal asks for it
    service_offer_state = fields.Selection(
        related="service_offer_ids.state", string="Service talk", store=True
    )

    def _merge_dependences(self, opportunities):
        super()._merge_dependences(opportunities)
        # of whoever they are: a record that the merging user does not see would be lost
        opportunities.sudo().service_offer_ids.lead_id = self

    def action_view_service_offer(self):
        """Open the talk about service; made where the deal has none yet."""
        self.ensure_one()
        offers = self.service_offer_ids or self._offer_service()
        return offers[:1].get_formview_action()

    def _set_deal_stage(self, stage, **values):
        """Service is offered in every deal: the stage makes the task."""
        result = super()._set_deal_stage(stage, **values)
        if stage.code == "service":
            self._offer_service()
        return result

    def _offer_service(self):
        """Make the service offer of deals that have none, for the machines they delivered."""
        lacking = self.sudo().filtered(lambda lead: not lead.service_offer_ids and lead.partner_id)
        units = lacking._equipment_units()
        return (
            self.env["service.offer"]
            .sudo()
            .create(
                [
                    {
                        "lead_id": lead.id,
                        "company_id": (lead.company_id or self.env.company).id,
                        "partner_id": lead.partner_id.commercial_partner_id.id,
                        "unit_ids": [Command.set(units[lead].ids)],
                        "user_id": (lead.user_id or self.env.user).id,
                        "date_deadline": (lead.deal_deadline or fields.Datetime.now()).date(),
                    }
                    for lead in lacking
                ]
            )
        )
