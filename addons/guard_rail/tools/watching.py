"""How creating, writing and deleting are watched, whatever the door: form, list, import or RPC.

The watch stands before all that a model does in these methods, and not below it: stock writes some
fields with all rights first, after which the filter of a guard rail would find nothing any more.
"""


def watch_create(origin):
    """Return ``create`` of a model, watched."""

    def create(self, vals_list):
        records = origin(self, vals_list)
        if self.env.registry.ready:
            self.env["guard.rail"]._check_create(records)
        return records

    return create


def watch_write(origin):
    """Return ``write`` of a model, watched and remembered where it can be undone."""

    def write(self, vals):
        if not self.env.registry.ready:
            return origin(self, vals)
        rails = self.env["guard.rail"]
        # methods may take away from the values what they write themselves
        given = dict(vals)
        inside = rails._check_write(self, given)
        undo = self.env["guard.undo"]._remember(self, given)
        result = origin(self, vals)
        rails._check_written(self, given, inside)
        undo._complete(self)
        return result

    return write


def watch_unlink(origin):
    """Return ``unlink`` of a model, watched."""

    def unlink(self):
        if self.env.registry.ready:
            self.env["guard.rail"]._check_unlink(self)
        return origin(self)

    return unlink


WATCHES = {"create": watch_create, "write": watch_write, "unlink": watch_unlink}
