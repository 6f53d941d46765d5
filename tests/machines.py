"""Machines in a region's warehouse, and deliveries that wait for them."""


def produce(env, xml_id, serial):
    """Make one machine in the OEM's factory, without parts; return its stock.lot."""
    product, company = env.ref(xml_id), env.ref("base.main_company")
    production = (
        env["mrp.production"]
        .with_company(company)
        .create({"product_id": product.id, "product_qty": 1, "company_id": company.id})
    )
    production.bom_id = False
    production.move_raw_ids.unlink()
    production.action_confirm()
    lot = env["stock.lot"].create(
        {"name": serial, "product_id": product.id, "company_id": company.id}
    )
    production.lot_producing_ids = lot
    production.qty_producing = 1
    production.button_mark_done()
    assert production.state == "done"
    return lot


def delivery_of(env, lot):
    """Make a delivery to a customer with the lot reserved and picked; return the transfer."""
    company = lot.company_id
    kind = env["stock.picking.type"].search(
        [("code", "=", "outgoing"), ("company_id", "=", company.id)], limit=1
    )
    places = {
        "location_id": lot.quant_ids.filtered(
            lambda quant: quant.location_id.usage == "internal"
        ).location_id.id,
        "location_dest_id": env.ref("stock.stock_location_customers").id,
        "company_id": company.id,
    }
    picking = env["stock.picking"].create({"picking_type_id": kind.id, **places})
    move = env["stock.move"].create(
        {
            "picking_id": picking.id,
            "product_id": lot.product_id.id,
            "product_uom_qty": 1,
            **places,
        }
    )
    move._action_confirm(merge=False)
    move._do_unreserve()
    env["stock.move.line"].create(
        {
            "move_id": move.id,
            "picking_id": picking.id,
            "product_id": lot.product_id.id,
            "lot_id": lot.id,
            "quantity": 1,
            "picked": True,
            **places,
        }
    )
    return picking
