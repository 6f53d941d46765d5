from odoo import api, fields, models
from odoo.tools import SQL

from .stock_move import SOURCES

# Share of a production or purchase that counts once the goods are in the house and only wait to be
# put into stock.
IN_HOUSE = 0.95
# A work order that runs counts by its time, but is not finished before somebody says so.
RUNNING_AT_MOST = 0.9


class DealFulfilment(models.Model):
    """One part of a sale order line: where its goods come from, how far they are, and when.

    A view over the delivery moves that the delivery rules have split, so that it is right at any
    moment, and readiness of many deals is one query.
    """

    _name = "deal.fulfilment"
    _description = "Fulfilment of an Order Line"
    _auto = False
    _order = "order_id desc, sale_line_id, id"
    _rec_name = "product_id"
    _depends = {
        "stock.move": [
            "sale_line_id",
            "fulfilment_source",
            "state",
            "product_id",
            "product_qty",
            "product_uom_qty",
            "product_uom",
            "quantity",
            "date",
            "company_id",
            "warehouse_id",
            "move_orig_ids",
            "move_dest_ids",
            "location_dest_id",
            "location_final_id",
            "created_purchase_line_ids",
            "production_id",
            "purchase_line_id",
            "picking_id",
            "origin_returned_move_id",
        ],
        "sale.order.line": ["order_id", "promised_date", "price_subtotal", "product_uom_qty"],
        "sale.order": ["opportunity_id", "user_id"],
        "mrp.production": ["name", "state", "product_qty", "qty_producing", "date_finished"],
        "mrp.workorder": ["production_id", "state", "duration", "duration_expected"],
        "purchase.order": ["name", "state"],
        "purchase.order.line": ["order_id", "product_uom_qty", "date_planned"],
        "stock.picking": ["name"],
        "product.product": ["product_tmpl_id"],
        "product.template": ["uom_id"],
    }

    move_id = fields.Many2one("stock.move", readonly=True)
    sale_line_id = fields.Many2one("sale.order.line", string="Order line", readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True)
    lead_id = fields.Many2one("crm.lead", string="Deal", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True)
    source = fields.Selection(SOURCES, readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    ready_quantity = fields.Float(
        string="In the warehouse",
        digits="Product Unit",
        readonly=True,
        help="Reserved for this order, or delivered already.",
    )
    short_quantity = fields.Float(
        string="Not covered",
        digits="Product Unit",
        readonly=True,
        help="Neither in the warehouse nor ordered.",
    )
    returned_quantity = fields.Float(string="Returned", digits="Product Unit", readonly=True)
    readiness = fields.Float(
        string="Ready (%)",
        aggregator="avg",
        readonly=True,
        help="What is in the warehouse counts in full, what is being made by its work orders.",
    )
    state = fields.Selection(
        [
            ("missing", "Missing"),
            ("waiting", "Waiting"),
            ("progress", "In progress"),
            ("ready", "Ready"),
            ("delivered", "Delivered"),
        ],
        readonly=True,
    )
    documents = fields.Char(string="Ordered by", readonly=True)
    promised_date = fields.Datetime(string="Promised", readonly=True)
    expected_date = fields.Datetime(string="Expected", readonly=True)
    is_late = fields.Boolean(string="Late", readonly=True)
    is_short = fields.Boolean(string="Lacks supply", readonly=True)
    is_ready = fields.Boolean(string="In the warehouse or delivered", readonly=True)
    is_done = fields.Boolean(string="Delivered", readonly=True)
    # what the deal's readiness is weighted by: the part's share of the order's value
    weight = fields.Float(readonly=True, groups="base.group_system")
    ready_weight = fields.Float(readonly=True, groups="base.group_system")
    promise_reason = fields.Char(related="sale_line_id.promise_reason")
    promise_change_ids = fields.One2many(related="sale_line_id.promise_change_ids")

    @property
    def _table_query(self):
        return self._with_verdicts(
            self._parts_query(
                SQL(
                    """,
                    m.id AS move_id,
                    o.user_id,
                    m.company_id,
                    m.warehouse_id,
                    m.product_id,
                    t.uom_id,
                    COALESCE(back.quantity, 0) AS returned_quantity,
                    ordered.names AS documents
                    """
                ),
                SQL(
                    """
                 JOIN product_product p ON p.id = m.product_id
                 JOIN product_template t ON t.id = p.product_tmpl_id
            LEFT JOIN LATERAL (
                      SELECT STRING_AGG(DISTINCT document.name, ', ') AS names
                        FROM (%(documents)s) AS document
                      ) AS ordered ON TRUE
            LEFT JOIN LATERAL (
                      SELECT SUM(r.quantity) AS quantity
                        FROM stock_move r
                       WHERE r.origin_returned_move_id = m.id AND r.state = 'done'
                      ) AS back ON m.state = 'done'
                    """,
                    documents=self._documents_query(),
                ),
            )
        )

    @api.model
    def _readiness_of_leads(self, lead_ids):
        """Sum the parts up by deal, without what a list of deals does not show.

        :return: dict by id of the lead: (lacks supply, late, all delivered, all in the warehouse,
            weighted readiness, weight, last expected date)
        """
        # what the ORM flushes before it reads the view
        for model, names in self._depends.items():
            self.env[model].flush_model(names)
        # to plan the query below takes longer than to see that there is nothing to read
        ordered = SQL(
            "SELECT 1 FROM sale_order WHERE opportunity_id = ANY(%s) LIMIT 1", list(lead_ids)
        )
        if not self.env.execute_query(ordered):
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lead_id, BOOL_OR(is_short), BOOL_OR(is_late), BOOL_AND(is_done),
                       BOOL_AND(is_ready), SUM(ready_weight), SUM(weight), MAX(expected_date)
                  FROM (%(parts)s) AS sums
                 WHERE lead_id = ANY(%(leads)s)
              GROUP BY lead_id
                """,
                parts=self._with_verdicts(self._parts_query(SQL(), SQL())),
                leads=list(lead_ids),
            )
        )
        return {lead_id: values for lead_id, *values in rows}

    @api.model
    def _with_verdicts(self, parts):
        """Add to each part what follows from its numbers: state, late, short."""
        return SQL(
            """
            SELECT part.*,
                   part.short_quantity > 0 AS is_short,
                   part.is_done OR part.ready_quantity >= part.quantity AS is_ready,
                   part.weight * part.readiness AS ready_weight,
                   CASE WHEN part.is_done THEN 'delivered'
                        WHEN part.short_quantity > 0 THEN 'missing'
                        WHEN part.ready_quantity >= part.quantity THEN 'ready'
                        WHEN part.readiness > 0 THEN 'progress'
                        ELSE 'waiting' END AS state,
                   NOT part.is_done AND (
                       part.short_quantity > 0
                       OR part.expected_date::date > part.promised_date::date
                       OR part.promised_date::date < %(today)s
                   ) AS is_late
              FROM (%(parts)s) AS part
            """,
            parts=parts,
            today=fields.Date.today(),
        )

    @api.model
    def _parts_query(self, columns, joins):
        """One row per delivery move; `supply` sums up what is under way for it.

        :param columns: SQL, further columns, each after a comma
        :param joins: SQL, what these columns need
        """
        return SQL(
            """
            SELECT m.id,
                   m.sale_line_id,
                   l.order_id,
                   o.opportunity_id AS lead_id,
                   m.fulfilment_source AS source,
                   m.product_qty AS quantity,
                   here.quantity AS ready_quantity,
                   CASE WHEN m.state = 'done' THEN 0
                        WHEN m.fulfilment_source = 'stock' THEN 0
                        ELSE GREATEST(m.product_qty - here.quantity - COALESCE(supply.open, 0), 0)
                   END AS short_quantity,
                   CASE WHEN m.state = 'done' OR m.product_qty = 0 THEN 100
                        ELSE 100 * LEAST(1, (
                            here.quantity
                            + GREATEST(m.product_qty - here.quantity, 0)
                              * CASE WHEN supply.open > 0 THEN supply.made
                                     / GREATEST(supply.open, m.product_qty - here.quantity)
                                     ELSE 0 END
                        ) / m.product_qty) END AS readiness,
                   l.promised_date,
                   CASE WHEN m.state = 'done' THEN onward.date
                        WHEN m.fulfilment_source = 'missing' AND here.quantity < m.product_qty
                        THEN NULL
                        ELSE GREATEST(m.date, supply.date) END AS expected_date,
                   m.state = 'done' AND onward.date IS NULL AS is_done,
                   GREATEST(l.price_subtotal * m.product_uom_qty
                            / NULLIF(l.product_uom_qty, 0), 0.01) AS weight
                   %(columns)s
              FROM stock_move m
              JOIN sale_order_line l ON l.id = m.sale_line_id
              JOIN sale_order o ON o.id = l.order_id
        CROSS JOIN LATERAL (
                   SELECT CASE WHEN m.product_uom_qty = 0 THEN 0
                               ELSE m.quantity * m.product_qty / m.product_uom_qty END AS quantity
                   ) AS here
         LEFT JOIN LATERAL (
                   SELECT SUM(source.quantity) FILTER (WHERE source.is_open) AS open,
                          SUM(source.quantity * source.progress) FILTER (WHERE source.is_open)
                              AS made,
                          MAX(source.date) FILTER (WHERE source.is_open) AS date
                     FROM (%(sources)s) AS source
                   ) AS supply ON m.fulfilment_source NOT IN ('stock', 'missing')
                              AND m.state != 'done'
         LEFT JOIN LATERAL (%(onward)s) AS onward ON TRUE
              %(joins)s
             WHERE m.fulfilment_source IS NOT NULL AND m.state NOT IN ('draft', 'cancel')
            """,
            sources=self._sources_query(),
            onward=self._onward_query(),
            columns=columns,
            joins=joins,
        )

    @api.model
    def _sources_query(self):
        """What comes for the move `m`: chained productions, receipts, and requests not sent yet.

        ``OFFSET 0`` keeps PostgreSQL to the way from the move to its sources. While an import is
        not committed, tables look empty to its planner, and it would read all moves for each move.
        """
        return SQL(
            """
            SELECT om.product_qty AS quantity,
                   om.state != 'done' AS is_open,
                   CASE WHEN om.state = 'done' THEN 1
                        WHEN mo.id IS NOT NULL THEN COALESCE(work.progress, LEAST(1,
                            COALESCE(mo.qty_producing, 0) / GREATEST(mo.product_qty, 0.001)))
                        WHEN om.purchase_line_id IS NOT NULL THEN 0
                        WHEN om.state = 'assigned' THEN %(in_house)s
                        ELSE 0 END AS progress,
                   GREATEST(om.date, mo.date_finished) AS date
              FROM stock_move_move_rel chain
        CROSS JOIN LATERAL (
                   SELECT *
                     FROM stock_move
                    WHERE id = chain.move_orig_id AND state != 'cancel' OFFSET 0
                   ) AS om
         LEFT JOIN mrp_production mo ON mo.id = om.production_id
         LEFT JOIN LATERAL (
                   SELECT SUM(GREATEST(wo.duration_expected, 1) * CASE wo.state
                              WHEN 'done' THEN 1
                              WHEN 'progress' THEN LEAST(
                                  wo.duration / GREATEST(wo.duration_expected, 1), %(running)s)
                              ELSE 0 END) / SUM(GREATEST(wo.duration_expected, 1)) AS progress
                     FROM mrp_workorder wo
                    WHERE wo.production_id = mo.id AND wo.state != 'cancel'
                   ) AS work ON mo.id IS NOT NULL
             WHERE chain.move_dest_id = m.id
         UNION ALL
            SELECT pol.product_uom_qty, TRUE, 0, pol.date_planned
              FROM stock_move_created_purchase_line_rel made
        CROSS JOIN LATERAL (
                   SELECT line.product_uom_qty, line.date_planned
                     FROM purchase_order_line line
                     JOIN purchase_order po ON po.id = line.order_id
                    WHERE line.id = made.created_purchase_line_id
                      AND po.state IN ('draft', 'sent', 'to approve') OFFSET 0
                   ) AS pol
             WHERE made.move_id = m.id
            """,
            in_house=IN_HOUSE,
            running=RUNNING_AT_MOST,
        )

    @api.model
    def _onward_query(self):
        """When the goods of the move `m` leave, which are picked and not shipped yet; else NULL.

        At most two steps follow, packing and shipping. They end where the picking was to end; a
        return ends elsewhere. Where the delivery is one step, nothing is read.
        """
        return SQL(
            """
            SELECT MAX(later.date) AS date
              FROM (
                   SELECT chain.move_dest_id AS id
                     FROM stock_move_move_rel chain
                    WHERE chain.move_orig_id = m.id
                UNION ALL
                   SELECT further.move_dest_id
                     FROM stock_move_move_rel chain
                     JOIN stock_move_move_rel further ON further.move_orig_id = chain.move_dest_id
                    WHERE chain.move_orig_id = m.id
                   ) AS step
        CROSS JOIN LATERAL (
                   SELECT date
                     FROM stock_move
                    WHERE id = step.id
                      AND sale_line_id = m.sale_line_id
                      AND location_final_id = m.location_final_id
                      AND state NOT IN ('done', 'cancel') OFFSET 0
                   ) AS later
             WHERE m.state = 'done' AND m.location_dest_id != m.location_final_id
            """
        )

    @api.model
    def _documents_query(self):
        """Names of what the goods of the move `m` come from."""
        return SQL(
            """
            SELECT COALESCE(mo.name, po.name, picking.name) AS name
              FROM stock_move_move_rel chain
              JOIN stock_move om ON om.id = chain.move_orig_id AND om.state != 'cancel'
         LEFT JOIN mrp_production mo ON mo.id = om.production_id
         LEFT JOIN purchase_order_line pol ON pol.id = om.purchase_line_id
         LEFT JOIN purchase_order po ON po.id = pol.order_id
         LEFT JOIN stock_picking picking ON picking.id = om.picking_id
             WHERE chain.move_dest_id = m.id
         UNION ALL
            SELECT po.name
              FROM stock_move_created_purchase_line_rel made
              JOIN purchase_order_line pol ON pol.id = made.created_purchase_line_id
              JOIN purchase_order po ON po.id = pol.order_id
             WHERE made.move_id = m.id AND po.state IN ('draft', 'sent', 'to approve')
            """
        )

    # -- actions

    def action_open_document(self):
        """Open what the goods come from, as far as the user may read it; else the delivery."""
        self.ensure_one()
        move = self.move_id.sudo()
        productions, lines = move._supply_documents()
        for records in (productions, lines.order_id, move.picking_id):
            readable = records.sudo(False)._filtered_access("read")
            if readable:
                return readable._get_records_action()
        return self.order_id._get_records_action()

    def action_change_promise(self):
        """Open the form in which a date is promised anew, with the reason."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "deal_fulfilment.deal_promise_wizard_action"
        )
        action["context"] = {"default_sale_line_ids": self.sale_line_id.ids}
        return action

    def action_supply_again(self):
        """Make or buy what is missing."""
        return self.move_id.action_supply_again()
