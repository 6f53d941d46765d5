from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.numbers import plain


class EquipmentMeterReading(models.Model):
    """What a meter of a unit showed at a moment."""

    _name = "equipment.meter.reading"
    _description = "Meter Reading"
    _order = "date desc, id desc"
    _rec_names_search = ["meter_id", "unit_id"]
    _check_company_auto = True

    unit_id = fields.Many2one(
        "equipment.unit", string="Machine", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="unit_id.company_id", store=True, index=True)
    meter_id = fields.Many2one(
        "equipment.meter", required=True, index=True, ondelete="restrict", check_company=True
    )
    uom_id = fields.Many2one(related="meter_id.uom_id")
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    value = fields.Float(required=True, digits=0, aggregator="max")
    is_reset = fields.Boolean(string="Reset", help="The meter was replaced or set back.")
    user_id = fields.Many2one(
        "res.users", string="Read by", default=lambda self: self.env.user, ondelete="set null"
    )
    protocol_id = fields.Many2one(
        "equipment.protocol", readonly=True, index="btree_not_null", ondelete="set null"
    )

    _course = models.Index("(unit_id, meter_id, date)")

    @api.depends("meter_id.name", "value", "uom_id.name")
    def _compute_display_name(self):
        for reading in self:
            name, unit = reading.meter_id.name or "", reading.uom_id.name or ""
            reading.display_name = f"{name}: {plain(reading.value)} {unit}".strip()

    @api.constrains("unit_id", "meter_id", "date", "value", "is_reset")
    def _check_course(self):
        """A meter that only goes up is between the readings before and after."""
        for reading in self.filtered(lambda one: one.meter_id.is_cumulative and not one.is_reset):
            others = self.search(
                [("unit_id", "=", reading.unit_id.id), ("meter_id", "=", reading.meter_id.id)],
                order="date, id",
            )
            place = others.ids.index(reading.id)
            before, after = others[:place][-1:], others[place + 1 : place + 2]
            if before and before._is_above(reading.value):
                raise ValidationError(before._misfit_text(reading.value))
            if after and not after.is_reset and after.value < reading.value:
                raise ValidationError(after._misfit_text(reading.value))

    def _is_above(self, value):
        """Whether the meter showed more than it may have done before a later value."""
        return self.meter_id.is_cumulative and self.value > value

    def _misfit_text(self, value):
        """Return what is wrong with another value of the meter."""
        return self.env._(
            "%(meter)s of %(unit)s: %(value)s does not fit the %(other)s read on %(date)s. Read"
            " it again, or mark the meter as reset.",
            meter=self.meter_id.name,
            unit=self.unit_id.display_name,
            value=value,
            other=self.value,
            date=fields.Date.to_string(self.date),
        )

    @api.model
    def _latest(self, units):
        """Return the last reading of each meter of units, as one recordset."""
        rows = self._read_group(
            [("unit_id", "in", units.ids)], ["unit_id", "meter_id"], ["id:recordset"]
        )
        return self.concat(*(readings.sorted()[:1] for _unit, _meter, readings in rows))
