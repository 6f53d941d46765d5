from odoo import api, models


class DealerDealer(models.Model):
    _inherit = "dealer.dealer"

    @api.model_create_multi
    def create(self, vals_list):
        dealers = super().create(vals_list)
        dealers.filtered("tier_id")._push_grade()
        return dealers

    def write(self, vals):
        result = super().write(vals)
        if {"tier_id", "partner_id"} & vals.keys():
            self._push_grade()
        return result

    def _push_grade(self):
        """Give the contacts of the dealers the level that belongs to their tier.

        A tier without a level takes the level away, and with it the price list it brought.
        """
        for grade, dealers in self.sudo().grouped(lambda d: d.tier_id.grade_id).items():
            partners = dealers.partner_id.filtered(lambda p, grade=grade: p.grade_id != grade)
            if not partners:
                continue
            if not grade.default_pricelist_id:
                partners._drop_grade_pricelist()
            partners.grade_id = grade
