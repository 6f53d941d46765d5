from odoo import models
from odoo.tools import SQL

LOCATION_FIELDS = ("property_stock_customer", "property_stock_supplier")


class ResCompany(models.Model):
    """Inter-company locations from two statements instead of one write per company."""

    _inherit = "res.company"

    def _set_per_company_inter_company_locations(self, inter_company_location):
        """Goods between two companies of the database pass the inter-company location.

        Replaces stock's method, which writes on the partner of every other
        company and then once more per company: three queries per existing
        company, and N² values in all. The values are the same, set by two
        statements; and a dealer's tenant is paired with those it trades with
        only. ``test_scale`` compares the result with stock's.
        """
        self.ensure_one()
        if not self.env.user.has_group("base.group_multi_company"):
            return
        others = self._inter_company_counterparts()
        if not others:
            return
        self.env["res.partner"].flush_model(["company_id", *LOCATION_FIELDS])
        self._merge_partner_locations(
            others.partner_id, SQL("%s", [str(self.id)]), inter_company_location
        )
        self._merge_partner_locations(
            self.partner_id,
            SQL("%s", [str(company.id) for company in others]),
            inter_company_location,
        )
        (others.partner_id | self.partner_id).invalidate_recordset(LOCATION_FIELDS, flush=False)

    def _inter_company_counterparts(self):
        """Companies that this new one exchanges goods with.

        A dealer's tenant: the company above it. Any other company: all that are
        not a dealer's tenant, as in stock, and the tenants below it.
        """
        self.ensure_one()
        if self.network_company_id:
            return self.network_company_id
        return self.search([("id", "!=", self.id), ("network_company_id", "in", (False, self.id))])

    def _merge_partner_locations(self, partners, company_ids, location):
        """Set the location of the partners as seen from the companies.

        :param partners: res.partner
        :param company_ids: SQL of an array of company ids, as text
        """
        assignments = SQL(", ").join(
            SQL(
                "%(column)s = COALESCE(%(column)s, '{}'::jsonb) || added.value",
                column=SQL.identifier(name),
            )
            for name in LOCATION_FIELDS
        )
        self.env.execute_query(
            SQL(
                """UPDATE res_partner SET %(assignments)s
                     FROM (SELECT jsonb_object_agg(company_id, %(location)s::int) AS value
                             FROM unnest(%(company_ids)s::text[]) AS company_id) AS added
                    WHERE id IN %(partners)s""",
                assignments=assignments,
                location=location.id,
                company_ids=company_ids,
                partners=tuple(partners.ids),
            )
        )
