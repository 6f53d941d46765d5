from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    phone_other = fields.Char(
        string="Other numbers", help="Separated by commas; an inquiry is matched by each."
    )
    email_other = fields.Char(
        string="Other addresses", help="Separated by commas; an inquiry is matched by each."
    )
    customer_type = fields.Selection(
        [("potential", "Potential customer"), ("customer", "Customer")],
        index="btree_not_null",
        copy=False,
        help="A potential customer becomes a customer by himself with the first confirmed order.",
    )
    first_inquiry_id = fields.Many2one(
        "crm.inquiry", string="First inquiry", readonly=True, copy=False
    )
    inquiry_count = fields.Integer(compute="_compute_inquiry_count", string="Inquiries")

    def _compute_inquiry_count(self):
        """Inquiries of the contact and of those below it, as far as the user may see them."""
        groups = self.env["crm.inquiry"]._read_group(
            [("commercial_partner_id", "in", self.commercial_partner_id.ids)],
            ["commercial_partner_id"],
            ["__count"],
        )
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.inquiry_count = counts.get(partner.commercial_partner_id.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        Key = self.env["crm.contact.key"].sudo()
        fields_with_keys = {*Key._phone_fields(), *Key._mail_fields()}
        reachable = [
            partner.id for partner in partners if any(partner[name] for name in fields_with_keys)
        ]
        if reachable:
            Key._insert(self.browse(reachable))
        return partners

    def write(self, vals):
        done = super().write(vals)
        Key = self.env["crm.contact.key"].sudo()
        if self and Key._watched_fields() & vals.keys():
            # what moves a contact under another customer moves those below it
            moved = {"parent_id", "company_id", "is_company"} & vals.keys()
            Key._refresh(self | self._contacts_below() if moved else self)
        return done

    def _contacts_below(self):
        return self.with_context(active_test=False).search([("id", "child_of", self.ids)])

    def action_inquiries(self):
        """Open the inquiries of the contact's company."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("inquiry_desk.crm_inquiry_action")
        action["domain"] = [("commercial_partner_id", "=", self.commercial_partner_id.id)]
        action["context"] = {"default_partner_id": self.id}
        return action
