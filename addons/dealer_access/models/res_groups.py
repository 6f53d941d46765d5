from odoo import models
from odoo.fields import Command


class ResGroups(models.Model):
    _inherit = "res.groups"

    def write(self, vals):
        """Rights can be given from the side of the group, too: the trail sees it."""
        if "user_ids" not in vals:
            return super().write(vals)
        before = self.user_ids
        before._track_groups()
        unknown = self.env["res.users"].browse(_linked_ids(vals["user_ids"])) - before
        unknown._track_groups()
        return super().write(vals)


def _linked_ids(commands):
    """Return the ids of existing records that x2many commands add."""
    ids = []
    for command in commands:
        if isinstance(command, int):
            ids.append(command)
        elif command[0] == Command.LINK:
            ids.append(command[1])
        elif command[0] == Command.SET:
            ids.extend(command[2])
    return ids
