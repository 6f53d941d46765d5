"""A hundred people sit one exam at once, each with a transaction of its own, as HTTP workers do."""

import functools
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from odoo import api
from odoo.modules.registry import Registry
from odoo.service.model import retrying

import template_db
from harness import environment

PEOPLE = 100
WORKERS = 10  # more requests than these do not run at the same time: they wait before the database


@pytest.fixture
def database():
    """A demo database of its own: a hundred people more would be in the way of other tests."""
    name = f"crowd_{uuid.uuid4().hex[:8]}"
    template_db.clone(template_db.region_template("demo"), name)
    try:
        yield name
    finally:
        import odoo.sql_db

        odoo.sql_db.close_db(name)
        template_db.drop(name)


def hire(env):
    """A hundred people who work at one dealer and may sit the exam; return their users' ids."""
    env = env(context={**env.context, "import_file": True, "no_reset_password": True})
    dealer = env.ref("dealer_network.dealer_rivage")
    company = dealer.company_id
    groups = env.ref("base.group_user") | env.ref("dealer_network.group_dealer_user")
    users = env["res.users"].create(
        [
            {
                "name": f"Crowd {number}",
                "login": f"crowd{number}@x.example",
                "company_id": company.id,
                "company_ids": [(6, 0, company.ids)],
                "group_ids": [(6, 0, groups.ids)],
            }
            for number in range(PEOPLE)
        ]
    )
    persons = env["dealer.person"].create(
        [{"name": user.name, "email": user.login} for user in users]
    )
    env["dealer.staff"].create(
        [
            {
                "person_id": person.id,
                "user_id": user.id,
                "dealer_id": dealer.id,
                "role_id": env.ref("dealer_network.role_salesperson").id,
            }
            for person, user in zip(persons, users, strict=True)
        ]
    )
    return users.ids


def request(registry, uid, step):
    """Run a step as one HTTP request: a cursor, retries, commit, word to the other workers."""
    with registry.cursor() as cr:
        env = api.Environment(cr, uid, {})
        result = retrying(functools.partial(step, env), env)
        cr.commit()
        registry.signal_changes()
        return result


def begin(env):
    answer = env.ref("dealer_onboarding.exam_sales").sudo()._exam_answer(env.user)
    if answer.state == "new":
        answer._mark_in_progress()
    return answer.id


def submit(answer_id, right, env):
    answer = env["survey.user_input"].sudo().browse(answer_id)
    for question in answer.predefined_question_ids:
        choice = question.suggested_answer_ids.filtered(lambda line: bool(line.is_correct) == right)
        answer._save_lines(question, choice[:1].id)
    answer._mark_done()


def sit(registry, uid, right):
    """Begin, reload the page, answer and end: four requests in a row, as a browser sends them."""
    answer_id = request(registry, uid, begin)
    assert request(registry, uid, begin) == answer_id, "a reload goes on with the same attempt"
    request(registry, uid, functools.partial(submit, answer_id, right))
    return answer_id


@pytest.mark.timeout(900)
def test_a_hundred_people_sit_one_exam_at_once(database):
    with environment(database) as env:
        users = hire(env)
    registry = Registry(database)
    with ThreadPoolExecutor(WORKERS) as pool:
        tries = [
            pool.submit(sit, registry, uid, right=bool(number % 2))
            for number, uid in enumerate(users)
        ]
        answers = [attempt.result() for attempt in tries]
    assert len(set(answers)) == PEOPLE
    with environment(database) as env:
        done = env["survey.user_input"].browse(answers)
        assert set(done.mapped("state")) == {"done"}
        assert len(done.filtered("scoring_success")) == PEOPLE // 2
        assert set(done.mapped("exam_dealer_id.code")) == {
            env.ref("dealer_network.dealer_rivage").code
        }
        exam = env.ref("dealer_onboarding.exam_sales")
        gained = env["dealer.staff.competence"].search(
            [
                ("person_id.user_id", "in", users),
                ("competence_id", "=", exam.competence_id.id),
                ("source", "=", "exam"),
            ]
        )
        assert len(gained.person_id) == len(gained) == PEOPLE // 2
