from odoo import api, fields, models
from odoo.exceptions import UserError


class UomUom(models.Model):
    """Units of measured parameters: stock units are pure factors, temperatures are not."""

    _inherit = "uom.uom"

    zero_point = fields.Float(
        digits=0,
        help="What the reference unit shows where this unit shows zero: -273.15 (°C) for the "
        "kelvin. Zero for every unit that is a mere multiple of its reference.",
    )

    def _to_reference(self, value):
        """Return a reading in this unit as a reading in the family's reference unit.

        Unlike ``_compute_quantity`` nothing is rounded: a pressure of 0.004 bar stays one.
        An empty unit is its own reference.

        :param float value: in this unit
        :rtype: float
        """
        return value * self.factor + self.zero_point if self else value

    def _from_reference(self, value):
        """The inverse of :meth:`_to_reference`."""
        return (value - self.zero_point) / self.factor if self else value

    def _convert_reading(self, value, unit):
        """Convert a reading in this unit to ``unit``.

        :raise UserError: the two measure different things (bar and kW)
        """
        if self == unit:
            return value
        if not self or not unit or self._family_id() != unit._family_id():
            raise UserError(
                self.env._(
                    "%(value)s %(unit)s cannot be given in %(other)s: they measure different "
                    "things.",
                    value=value,
                    unit=self.name or "",
                    other=unit.name or self.env._("no unit"),
                )
            )
        return unit._from_reference(self._to_reference(value))

    def _family_id(self):
        """Return the id of the reference unit to which this unit leads in the end, or False."""
        return int(self.parent_path.split("/")[0]) if self.parent_path else self.id

    @api.model
    def _families(self):
        """Return ``{id of the reference unit: units that convert to it}``, itself included."""
        families = {}
        for unit in self.search([]):
            family = unit._family_id()
            families[family] = families.get(family, self.browse()) | unit
        return families
