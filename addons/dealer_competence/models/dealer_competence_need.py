from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.needs import Need


class DealerCompetenceNeed(models.Model):
    """Who has to hold a competence, at which level: by role, product line, activity or brand.

    All conditions of a line hold together; a line without any asks everybody.
    """

    _name = "dealer.competence.need"
    _description = "Needed Competence"
    _order = "role_id, competence_id, id"
    _rec_name = "competence_id"

    competence_id = fields.Many2one(
        "dealer.competence", required=True, index=True, ondelete="cascade"
    )
    skill_type_id = fields.Many2one(related="competence_id.skill_type_id")
    skill_level_id = fields.Many2one(
        "hr.skill.level",
        string="Level",
        required=True,
        ondelete="restrict",
        domain="[('skill_type_id', '=', skill_type_id)]",
    )
    role_id = fields.Many2one(
        "dealer.role", index="btree_not_null", ondelete="cascade", help="Empty asks every role."
    )
    activity_id = fields.Many2one(
        "dealer.activity",
        index="btree_not_null",
        ondelete="cascade",
        help="Only at dealers that run this activity.",
    )
    brand_id = fields.Many2one(
        "dealer.brand",
        index="btree_not_null",
        ondelete="cascade",
        help="Only at dealers that work for this brand.",
    )
    product_line_id = fields.Many2one(
        "dealer.product.line",
        index="btree_not_null",
        ondelete="cascade",
        help="Only at dealers that work for the brand of this product line.",
    )
    authorised = fields.Boolean(
        string="Only where authorised",
        help="Asked only at dealers that are authorised for the activity and brand, where "
        "agreements are kept in this database.",
    )

    @api.constrains("competence_id", "skill_level_id")
    def _check_level(self):
        for need in self:
            if need.skill_level_id.skill_type_id != need.competence_id.skill_type_id:
                raise ValidationError(
                    self.env._(
                        "%(competence)s: %(level)s is no level of this competence.",
                        competence=need.competence_id.name,
                        level=need.skill_level_id.name,
                    )
                )

    @api.constrains("brand_id", "product_line_id")
    def _check_brand(self):
        for need in self:
            line = need.product_line_id
            if need.brand_id and line and line.brand_id != need.brand_id:
                raise ValidationError(
                    self.env._(
                        "%(competence)s: product line %(line)s does not belong to %(brand)s.",
                        competence=need.competence_id.name,
                        line=line.name,
                        brand=need.brand_id.name,
                    )
                )

    @api.model
    def _catalogue(self):
        """Return all needs in the form that the calculation wants."""
        return [
            Need(
                competence=need.competence_id.id,
                progress=need.skill_level_id.level_progress,
                role=need.role_id.id or None,
                activity=need.activity_id.id or None,
                brand=(need.brand_id or need.product_line_id.brand_id).id or None,
                authorised=need.authorised,
            )
            for need in self.sudo().search([("competence_id.active", "=", True)])
        ]
