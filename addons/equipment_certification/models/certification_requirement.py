from collections import defaultdict

from odoo import api, fields, models, tools


class CertificationRequirement(models.Model):
    """A type of equipment, with the types below it, needs a certificate by a scheme.

    Without a company it binds every company of the region.
    """

    _name = "certification.requirement"
    _description = "Certificate that a type of equipment needs"
    _inherit = "certification.owned.mixin"
    _order = "equipment_type_id, scheme_id, id"
    _rec_name = "scheme_id"

    equipment_type_id = fields.Many2one(
        "equipment.type", required=True, index=True, ondelete="cascade"
    )
    scheme_id = fields.Many2one(
        "certification.scheme", required=True, index=True, ondelete="restrict"
    )
    active = fields.Boolean(default=True)
    reason = fields.Char(help="Law, order or contract that asks for the certificate.")

    _type_scheme_uniq = models.UniqueIndex(
        "(equipment_type_id, scheme_id, COALESCE(company_id, 0))",
        "This type of equipment needs a certificate by this scheme already.",
    )

    @api.depends("equipment_type_id", "scheme_id")
    def _compute_display_name(self):
        for requirement in self:
            requirement.display_name = (
                f"{requirement.equipment_type_id.display_name}: {requirement.scheme_id.name}"
            )

    @api.model_create_multi
    def create(self, vals_list):
        requirements = super().create(vals_list)
        self.env.registry.clear_cache()
        return requirements

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    def _required_schemes(self, company_id):
        """Return ``{equipment type id: scheme ids}`` of what a company's equipment needs.

        :param int company_id: res.company
        """
        shared, own = self._schemes_by_type()
        return own.get(company_id) or shared

    @api.model
    @tools.ormcache()
    def _schemes_by_type(self):
        """Return the schemes by type for all companies, and by company for those with their own.

        Asked at every delivery, so it is kept until requirements or types change.
        """
        requirements = self.sudo().search([])
        types = self.env["equipment.type"].sudo().with_context(active_test=False)
        shared, own = defaultdict(set), defaultdict(set)
        for requirement in requirements:
            below = types.search([("id", "child_of", requirement.equipment_type_id.id)])
            table = own if requirement.company_id else shared
            for kind in below:
                table[(requirement.company_id.id, kind.id)].add(requirement.scheme_id.id)
        common = {kind: tuple(sorted(schemes)) for (_none, kind), schemes in shared.items()}
        by_company = {}
        for (company, kind), schemes in own.items():
            table = by_company.setdefault(company, dict(common))
            table[kind] = tuple(sorted(schemes | set(common.get(kind, ()))))
        return common, by_company
