from odoo import api, fields, models


class DealDocument(models.Model):
    """A document filed by hand in a deal's dossier: a signed contract, a protocol, a letter."""

    _name = "deal.document"
    _description = "Deal Document"
    _order = "date desc, id desc"

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="lead_id.company_id", store=True, index=True)
    type_id = fields.Many2one(
        "deal.document.type", string="Kind", required=True, ondelete="restrict"
    )
    name = fields.Char(string="Number or title", required=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    user_id = fields.Many2one(
        "res.users", string="Filed by", default=lambda self: self.env.user, readonly=True
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Files", bypass_search_access=True)
    note = fields.Char()

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._claim_attachments()
        documents.lead_id._touch()
        return documents

    def write(self, vals):
        leads = self.lead_id
        done = super().write(vals)
        if "attachment_ids" in vals:
            self._claim_attachments()
        (leads | self.lead_id)._touch()
        return done

    def unlink(self):
        leads = self.lead_id
        done = super().unlink()
        leads._touch()
        return done

    def _claim_attachments(self):
        """Files uploaded with a new line are read by whoever reads the line, not the uploader."""
        for document in self:
            loose = document.attachment_ids.filtered(
                lambda file: file.create_uid == self.env.user and not file.res_id
            )
            loose.write({"res_model": self._name, "res_id": document.id})
