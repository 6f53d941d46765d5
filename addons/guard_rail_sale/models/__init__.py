from . import guard_rail_pricelist_mixin, sale_order, sale_order_line
