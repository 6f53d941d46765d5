from odoo import models


class SlideChannelPartner(models.Model):
    """A course that is complete is a step that is done."""

    _name = "slide.channel.partner"
    _inherit = ["slide.channel.partner", "dealer.learner.mixin"]

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
