from odoo.fields import Command

from odoo.addons.dealer_competence.tests.common import CompetenceCase


class OnboardingCase(CompetenceCase):
    """The shared network with one path of its own for marketers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dealer.learning.enrolment"].search([]).unlink()
        cls.env["dealer.learning.path"].search([]).active = False
        cls.marketer = cls.env.ref("dealer_network.role_marketer")
        cls.channel = cls.env["slide.channel"].create(
            {
                "name": "Test course",
                "is_published": True,
                "enroll": "invite",
                "visibility": "members",
                "slide_ids": [
                    Command.create(
                        {
                            "name": "Only page",
                            "slide_category": "article",
                            "html_content": "<p>Read this</p>",
                            "is_published": True,
                        }
                    )
                ],
            }
        )
        cls.exam = cls._create_exam(questions=3)
        cls.path = cls.env["dealer.learning.path"].create(
            {
                "name": "Test path",
                "role_ids": [Command.set(cls.marketer.ids)],
                "days_target": 10,
                "company_id": False,
            }
        )
        cls.step_course = cls._step("Read the course", "course", channel_id=cls.channel.id)
        cls.step_talk = cls._step(
            "Talk",
            "talk",
            competence_id=cls.offer.id,
            skill_level_id=cls.level_alone.id,
        )
        cls.step_exam = cls._step(
            "Sit the exam",
            "exam",
            day=3,
            survey_id=cls.exam.id,
            prerequisite_ids=[Command.set(cls.step_course.ids)],
        )
        cls.step_practice = cls._step(
            "Two contacts",
            "practice",
            day=5,
            practice_kind_id=cls.env.ref("dealer_onboarding.practice_kind_contact").id,
            practice_domain="[('email', '!=', False)]",
            practice_count=2,
            prerequisite_ids=[Command.set(cls.step_exam.ids)],
            milestone=True,
        )

    @classmethod
    def _step(cls, name, kind, **vals):
        return cls.env["dealer.learning.step"].create(
            {"path_id": cls.path.id, "name": name, "kind": kind, **vals}
        )

    @classmethod
    def _create_exam(cls, questions, **vals):
        exam = cls.env["survey.survey"].create(
            {
                "title": "Test exam",
                "survey_type": "assessment",
                "is_exam": True,
                "access_mode": "token",
                "users_login_required": True,
                "questions_layout": "one_page",
                "scoring_type": "scoring_without_answers",
                "scoring_success_min": 60,
                "is_time_limited": True,
                "time_limit": 15,
                "competence_id": cls.yearly.id,
                "competence_level_id": cls.level_alone.id,
                **vals,
            }
        )
        cls.env["survey.question"].create(
            [
                {
                    "survey_id": exam.id,
                    "title": f"Question {number}",
                    "question_type": "simple_choice",
                    "suggested_answer_ids": [
                        Command.create({"value": "Right", "is_correct": True, "answer_score": 1}),
                        Command.create({"value": "Wrong"}),
                    ],
                }
                for number in range(questions)
            ]
        )
        return exam

    @classmethod
    def _hire(cls, login, dealer=None, role="role_marketer", **vals):
        """Somebody begins today; the path of the role begins with it."""
        user = cls._create_staff_user(dealer or cls.dealer_a, role, login, **vals)
        person = cls.env["dealer.person"].search([("user_id", "=", user.id)])
        return user, person.staff_ids

    @classmethod
    def _task(cls, staff, step):
        return staff.enrolment_ids.task_ids.filtered(lambda task: task.step_id == step)

    @classmethod
    def _sit(cls, user, right=True, exam=None):
        """Take an exam from start to end."""
        answer = (exam or cls.exam)._exam_answer(user)
        if answer.state == "new":
            answer._mark_in_progress()
        for question in answer.predefined_question_ids:
            choice = question.suggested_answer_ids.filtered(
                lambda line: bool(line.is_correct) == right
            )[:1]
            answer._save_lines(question, choice.id)
        answer._mark_done()
        return answer

    @classmethod
    def _read_course(cls, user):
        cls.channel._action_add_members(user.partner_id)
        member = cls.env["slide.channel.partner"].search(
            [("channel_id", "=", cls.channel.id), ("partner_id", "=", user.partner_id.id)]
        )
        for slide in cls.channel.slide_content_ids:
            cls.env["slide.slide.partner"].create(
                {"slide_id": slide.id, "partner_id": user.partner_id.id, "completed": True}
            )
        member._recompute_completion()
