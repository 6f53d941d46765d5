"""What happens once, when the desk is installed."""


def post_init_hook(env):
    """Make the look-up keys of the contacts that are there already, a batch at a time."""
    partners = env["res.partner"].search(["|", ("phone", "!=", False), ("email", "!=", False)])
    for start in range(0, len(partners), 2000):
        batch = partners[start : start + 2000]
        env["crm.contact.key"]._refresh(batch)
        batch.invalidate_recordset()
