from odoo import api, models


class EquipmentSharedMixin(models.AbstractModel):
    """Data of one company, or shared by all where no company is named.

    Rules look at a record as it was before the change; who may not change shared data may not
    make his own data shared either, nor another company's: neither by its company, nor by
    moving it under a record of theirs.
    """

    _name = "equipment.shared.mixin"
    _description = "Kept by a Company or Shared"

    def write(self, vals):
        """Write, and ask again whether the user may change what has come of it.

        :raise AccessError: if it is no longer the user's to change
        """
        result = super().write(vals)
        if self._owner_field() in vals:
            self.check_access("write")
        return result

    @api.model
    def _owner_field(self):
        """Return the field that says whose a record is: its company, or what it is a part of."""
        return (self._fields["company_id"].related or "company_id").split(".")[0]
