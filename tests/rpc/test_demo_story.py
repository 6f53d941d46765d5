"""What the demo region tells could be true, and there is something to see for who signs in."""


def test_a_dealers_boards_show_deals_in_every_stage(region):
    with region.env() as env:
        company = env.ref("dealer_network.dealer_rivage").company_id
        seller = env["res.users"].search([("login", "=", "sales1@rivage.example")])
        head = env["res.users"].search([("login", "=", "head@rivage.example")])
        leads = env["crm.lead"].with_context(active_test=False)
        deals = leads.search([("company_id", "=", company.id), ("deal_stage_id", "!=", False)])
        stages = env.ref("deal_process.version_standard").stage_ids
        wanted = set(stages.mapped("code")) - {"closed", "not_lead"}
        assert set(deals.deal_stage_id.mapped("code")) >= wanted
        assert any(deals.mapped("deal_is_late"))
        # everybody sees the own deals, the head sees all, and one waits for his review
        own = deals.with_user(seller)._filtered_access("read")
        assert own.user_id == seller and own < deals
        assert deals.with_user(head)._filtered_access("read") == deals
        assert "open" in deals.deal_review_ids.with_user(head).mapped("state")
        strays = leads.search([("company_id", "=", company.id), ("type", "=", "opportunity")])
        assert strays == deals.filtered(lambda deal: deal.type == "opportunity")


def test_exams_have_scores_that_their_questions_can_give(region):
    with region.env() as env:
        tasks = env["dealer.learning.task"].search([("kind", "=", "exam"), ("score", ">", 0)])
        assert tasks
        for task in tasks:
            pools = task.step_id.survey_id.question_and_page_ids.filtered("is_page")
            drawn = sum(pools.mapped("random_questions_count"))
            right = task.score * drawn / 100
            assert abs(right - round(right)) < 0.01, (task.display_name, task.score, drawn)
