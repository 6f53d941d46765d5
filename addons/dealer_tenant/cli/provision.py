import argparse
import sys

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.modules.registry import Registry
from odoo.tools import config


class Provision(Command):
    """Provision dealers one after the other, each in a transaction of its own.

    For the first filling of a region and for scripts; people use the screen.
    What is done stays done: started again, it goes on with the next dealer.
    """

    def run(self, args):
        parser = argparse.ArgumentParser(prog="odoo provision", description=self.__doc__)
        parser.add_argument("-d", "--database", required=True)
        parser.add_argument("--code", action="append", help="only this dealer; may be repeated")
        parser.add_argument("--limit", type=int, help="at most so many dealers")
        options, others = parser.parse_known_args(args)
        config.parse_config(["-d", options.database, *others], setup_logging=True)
        registry = Registry(options.database)
        failed = 0
        for number, (dealer_id, count) in enumerate(self._todo(registry, options), start=1):
            with registry.cursor() as cr:
                dealer = api.Environment(cr, SUPERUSER_ID, {})["dealer.dealer"].browse(dealer_id)
                dealer._provision_job()
                cr.commit()  # pylint: disable=invalid-commit  # one dealer, one transaction
                failed += dealer.provisioning_state == "failed"
                line = f"{number}/{count} {dealer.code} {dealer.provisioning_state}\n"
                sys.stdout.write(line)
                sys.stdout.flush()
            registry.signal_changes()
        return sys.exit(1 if failed else 0)

    def _todo(self, registry, options):
        """Dealers that are ready and not done, as (id, number of them)."""
        domain = [("state", "in", ("candidate", "active")), ("provisioning_state", "!=", "done")]
        if options.code:
            domain.append(("code", "in", options.code))
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            ids = env["dealer.dealer"].search(domain, order="parent_path", limit=options.limit).ids
        return [(dealer_id, len(ids)) for dealer_id in ids]
