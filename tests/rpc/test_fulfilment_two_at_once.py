"""Two people confirm at the same moment, over HTTP, and there is stock for one."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest


@pytest.fixture(params=["oem", "dealer"])
def shop(request, region):
    """A product with stock for some, and a maker of draft orders, of the OEM or of a dealer."""
    login, password = {
        "oem": ("admin", "admin"),
        "dealer": ("sales1@rivage.example", "demo"),
    }[request.param]
    return Shop(region, login, password)


class Shop:
    """One company's stock and orders, seen by its seller."""

    def __init__(self, region, login, password):
        self.region = region
        self.client = region.rpc(login, password)

    def stock(self, quantity):
        """Make a product with this quantity in the company's warehouse."""
        with self.region.env() as env:
            company = env["res.users"].browse(self.client.uid).company_id
            warehouse = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
            product = env["product.product"].create(
                {"name": "For one only", "is_storable": True, "list_price": 10}
            )
            env["stock.quant"].with_company(company)._update_available_quantity(
                product, warehouse.lot_stock_id, quantity
            )
            partner = env["res.partner"].create(
                {"name": "Customer in a hurry", "company_id": company.id}
            )
            return product.id, partner.id

    def orders(self, count, quantity, stock):
        """Make draft orders of the product as the seller; return the ids."""
        product, partner = self.stock(stock)
        return [
            self.client(
                "sale.order",
                "create",
                {
                    "partner_id": partner,
                    "order_line": [(0, 0, {"product_id": product, "product_uom_qty": quantity})],
                },
            )
            for _number in range(count)
        ]

    def confirm(self, order):
        return self.region.rpc(self.client.login, self.client.secret)(
            "sale.order", "action_confirm", [order]
        )

    def taken(self, orders):
        """Return by source the quantity that the orders were promised from it."""
        rows = self.client(
            "deal.fulfilment",
            "search_read",
            [("order_id", "in", orders)],
            fields=["source", "quantity", "ready_quantity"],
        )
        assert all(
            row["ready_quantity"] == row["quantity"] for row in rows if row["source"] == "stock"
        ), rows
        return {
            source: sum(row["quantity"] for row in rows if row["source"] == source)
            for source in {row["source"] for row in rows}
        }


def wait_for_lock(env):
    """Wait until another session of the database waits for a row that this one holds."""
    for _attempt in range(600):
        env.cr.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock' AND query LIKE '%%stock_quant%%'"
        )
        if env.cr.fetchone():
            return
        env.cr.execute("SELECT pg_stat_clear_snapshot()")
        time.sleep(0.1)
    raise AssertionError("the other confirmation did not wait")


def test_the_later_one_waits_and_orders_what_is_missing(shop):
    """While one confirmation is not committed the other waits, and is then served anew."""
    first, second = shop.orders(2, quantity=1, stock=1)
    answers = []
    with shop.region.env(shop.client.login) as env:
        env["sale.order"].browse(first).action_confirm()
        env.flush_all()
        other = threading.Thread(target=lambda: answers.append(shop.confirm(second)))
        other.start()
        wait_for_lock(env)
        assert not answers
    other.join(60)
    assert answers == [True]
    assert shop.taken([first]) == {"stock": 1}
    assert shop.taken([second]) == {"missing": 1}


def test_many_at_once_never_share_a_piece(shop):
    """Six confirmations at the same moment, stock for three and a half of them."""
    orders = shop.orders(6, quantity=2, stock=7)
    barrier = threading.Barrier(len(orders))

    def confirm(order):
        barrier.wait()
        return shop.confirm(order)

    with ThreadPoolExecutor(len(orders)) as pool:
        assert list(pool.map(confirm, orders)) == [True] * len(orders)
    assert shop.taken(orders) == {"stock": 7, "missing": 5}
