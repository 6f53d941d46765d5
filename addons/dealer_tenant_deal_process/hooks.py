"""What happens once, when tenancy meets the deal process."""


def post_init_hook(env):
    """Dealers that have their company already follow the shared process like those to come."""
    env["dealer.dealer"].search([("company_id", "!=", False)])._provision_deal_process()
