import re
from unittest.mock import patch

from odoo.sql_db import Cursor

from odoo.addons.dealer_network.tests.common import DealerNetworkCase

WRITE = re.compile(r"\s*(WITH\b.*\b)?(INSERT|UPDATE|DELETE)\b", re.IGNORECASE | re.DOTALL)


class ProvisioningCase(DealerNetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lobby = cls.env.ref("dealer_tenant.company_lobby")
        cls.dealer = cls._create_dealer("T-P1", "Provisioned Pumps", "type_dealer")
        cls.principal_line = cls._create_staff(cls.dealer, "role_principal", "Paula Prime")
        cls.seller_line = cls._create_staff(cls.dealer, "role_salesperson", "Sam Seller")

    @classmethod
    def _provision(cls, dealers):
        dealers._provision()
        cls.env.flush_all()

    def _run(self, trap):
        """Run the trapped jobs as the queue does: on a cursor of their own that may commit."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            trap.perform_enqueued_jobs()
        self.env.invalidate_all()

    def _writes(self, call):
        """Statements that change rows, sent while the call runs."""
        found = []
        execute = Cursor.execute

        def record(cursor, query, *args, **kwargs):
            code = query if isinstance(query, str) else query.code
            if WRITE.match(code):
                found.append(code)
            return execute(cursor, query, *args, **kwargs)

        self.env.flush_all()
        with patch.object(Cursor, "execute", record):
            call()
            self.env.flush_all()
        return found
