from odoo import api, models
from odoo.exceptions import AccessError, UserError


class EquipmentStateMixin(models.AbstractModel):
    """A record that goes from state to state, on the ways that its model names.

    Ways are checked where the state is written, so that a button, an import and an interface meet
    the same rule, and so that the same follows from a state however it was reached.
    """

    _name = "equipment.state.mixin"
    _description = "Going from State to State"

    #: State → the states that may follow it; a record begins in the first.
    _state_ways = {}
    #: State → XML id of the group whose people alone bring a record there.
    _state_groups = {}

    @api.model
    def default_get(self, fields):
        """A column of a board proposes its state; a new record begins in the first all the same."""
        values = super().default_get(fields)
        if "state" in values:
            values["state"] = self._first_state()
        return values

    @api.model_create_multi
    def create(self, vals_list):
        """Make records in their first state; the others are reached.

        :raise UserError: another state is given
        """
        first = self._first_state()
        if any(vals.get("state", first) != first for vals in vals_list):
            raise UserError(
                self.env._(
                    "%(kind)s: it begins as “%(state)s”.",
                    kind=self.env["ir.model"]._get(self._name).name,
                    state=self._state_label(first),
                )
            )
        return super().create(vals_list)

    def write(self, vals):
        """Write; where the state is among the values, go there.

        The other values come first: a state is reached with them, not with those before.

        :raise UserError: the state does not follow from the present one, or lacks something
        """
        if "state" not in vals:
            return super().write(vals)
        others = {name: value for name, value in vals.items() if name != "state"}
        if others:
            super().write(others)
        self._check_way(vals)
        result = super().write({"state": vals["state"]})
        self._arrive(vals["state"])
        return result

    def _check_way(self, vals):
        """Raise unless the records may go to a state.

        :param dict vals: what is written with the state, which is about to be written; the others
            are there already
        """
        state = vals["state"]
        self._check_state_group(state)
        for record in self:
            if state not in self._state_ways[record.state]:
                raise UserError(
                    self.env._(
                        "%(record)s is “%(old)s” and cannot become “%(new)s”.",
                        record=record.display_name,
                        old=self._state_label(record.state),
                        new=self._state_label(state),
                    )
                )

    def _check_state_group(self, state):
        """Raise unless the user is of the group to which the state is left."""
        xml_id = self._state_groups.get(state)
        if xml_id and not self.env.su and not self.env.user.has_group(xml_id):
            raise AccessError(
                self.env._(
                    "%(record)s: it becomes “%(state)s” by a %(group)s only.",
                    record=self[:1].display_name,
                    state=self._state_label(state),
                    group=self.env.ref(xml_id).sudo().name,
                )
            )

    def _arrive(self, state):
        """Do what follows from the state that was reached."""

    @api.model
    def _first_state(self):
        return next(iter(self._state_ways))

    @api.model
    def _state_label(self, state):
        """Return a state in the user's language."""
        return dict(self._fields["state"]._description_selection(self.env)).get(state, state)
