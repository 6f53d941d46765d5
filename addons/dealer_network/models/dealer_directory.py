from odoo import api, fields, models
from odoo.tools import SQL


class DealerDirectory(models.Model):
    """What any dealer may know of the others: name, town, brands, opening hours."""

    _name = "dealer.directory"
    _description = "Directory of Dealers"
    _auto = False
    _order = "name, id"
    _rec_names_search = ["name", "city"]

    name = fields.Char(readonly=True)
    city = fields.Char(readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    brand_names = fields.Char(string="Brands", readonly=True)
    opening_hours = fields.Char(compute="_compute_opening_hours", compute_sudo=True)

    @property
    def _table_query(self):
        """The published dealers whose state lets them be listed."""
        return SQL(
            """
            SELECT dealer.id, dealer.name, dealer.city, dealer.country_id,
                   (SELECT string_agg(brand.name, ', ' ORDER BY brand.sequence, brand.name)
                      FROM dealer_dealer_brand_rel rel
                      JOIN dealer_brand brand ON brand.id = rel.brand_id
                     WHERE rel.dealer_id = dealer.id) AS brand_names
              FROM dealer_dealer dealer
              JOIN dealer_state_permission permission
                ON permission.state = dealer.state
               AND permission.permission = 'list_in_directory'
               AND permission.allowed
             WHERE dealer.active AND dealer.directory_published
            """
        )

    @api.depends_context("lang")
    def _compute_opening_hours(self):
        outlets = self.env["dealer.outlet"].search(
            [("dealer_id", "in", self.ids), ("is_main", "=", True)]
        )
        hours = {outlet.dealer_id.id: outlet.opening_hours for outlet in outlets}
        for entry in self:
            entry.opening_hours = hours.get(entry.id)
