from odoo import api, fields, models


class SlideChannelPartner(models.Model):
    """A course that is complete is a step that is done.

    How far somebody got is seen as exams are: by the OEM while the dealer releases it.
    """

    _inherit = "slide.channel.partner"

    learner_dealer_id = fields.Many2one(
        "dealer.dealer",
        string="Learns at",
        compute="_compute_learner_dealer_id",
        store=True,
        precompute=True,
        compute_sudo=True,
        index="btree_not_null",
    )

    @api.depends("partner_id")
    def _compute_learner_dealer_id(self):
        employers = self.partner_id._learner_dealers()
        for line in self:
            line.learner_dealer_id = employers.get(line.partner_id.id)

    def _post_completion_update_hook(self, completed=True):
        result = super()._post_completion_update_hook(completed)
        members = self.filtered(lambda line: line.member_status == "completed")
        if completed and members:
            tasks = (
                self.env["dealer.learning.task"]
                .sudo()
                .search(
                    [
                        ("user_id.partner_id", "in", members.partner_id.ids),
                        ("step_id.channel_id", "in", members.channel_id.ids),
                        ("state", "=", "open"),
                    ]
                )
            )
            pairs = {(line.partner_id, line.channel_id) for line in members.sudo()}
            tasks.filtered(
                lambda task: (task.user_id.partner_id, task.step_id.channel_id) in pairs
            )._finish()
        return result
