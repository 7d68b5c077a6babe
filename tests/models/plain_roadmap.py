"""A second implementation of what plans do to answers, in plain Python, one firm at a time.

It follows the catalogue's own words (from, to, add, with, needs, in_place) over dictionaries of
answers and shares nothing with the planner.
"""

from __future__ import annotations

from itertools import product

from answer_sheets import JUDGED, QUESTIONNAIRE, STANDARD
from plain_scoring import plain_score

RATES = {item.question: item.rate for item in STANDARD.items if item.rate}


def settle_rates(answers):
    """The answers with each band as the counts decide it."""
    answers = {k: set(v) if isinstance(v, set) else v for k, v in answers.items()}
    for question, rate in RATES.items():
        top, bottom = answers.get(rate.numerator), answers.get(rate.denominator)
        if top is not None and bottom:
            band = sum(top / bottom > float(upto) + 1e-12 for upto in rate.upto)
            answers[question] = {QUESTIONNAIRE[question].options[band].id}
    return answers


def steps(question):
    return [option.id for option in QUESTIONNAIRE[question].options]


def raised(catalogue, answers, have, new):
    """The answers after the projects `new` have joined those that the firm has."""
    answers = {k: set(v) if isinstance(v, set) else v for k, v in answers.items()}
    there = have | new
    changed = True
    while changed:
        changed = False
        for id_ in there:
            for effect in catalogue[id_].effects:
                members = {id_, *effect.together}
                if members <= there and members & new:
                    changed |= _apply(effect, answers)
    return answers


def _apply(effect, answers):
    now = answers.get(effect.question)
    if now is None or effect.question not in JUDGED:
        return False
    if effect.add:
        after = (now | set(effect.add)) - {"none"}
    else:
        ladder = steps(effect.question)
        (current,) = now
        below = ladder[ladder.index(effect.origins[0]) : ladder.index(effect.to)]
        after = {effect.to} if current in below else now
    answers[effect.question] = after
    return after != now


def in_place(catalogue, answers):
    """The projects that the firm has, by the signs in its answers."""
    return {project.id for project in catalogue.projects if _has(project, answers)}


def _has(project, answers):
    if project.in_place:
        return any(
            all(_shows(answers, question, options) for question, options in signs.items())
            for signs in project.in_place
        )
    alone = [effect for effect in project.effects if not effect.together]
    targets = [(e.question, e.add or (e.to,)) for e in alone]
    return bool(targets) and all(_shows(answers, question, to) for question, to in targets)


def _shows(answers, question, options):
    now = answers.get(question)
    if now is None:
        return False
    if QUESTIONNAIRE[question].kind == "multi":
        return set(options) <= now
    (current,) = now
    ladder = steps(question)
    return all(ladder.index(current) >= ladder.index(option) for option in options)


def score(answers):
    """(points, level) by the plain scorer."""
    told = {}
    for question in JUDGED:
        if question in answers:
            multi = QUESTIONNAIRE[question].kind == "multi"
            told[question] = sorted(answers[question]) if multi else next(iter(answers[question]))
    plain = plain_score(told)
    return plain.score, plain.level


def keeps_order(catalogue, have, when):
    """Whether a plan (project id → year) keeps prerequisites and the months of each year."""
    for id_, year in when.items():
        done = have | {other for other, at in when.items() if at <= year}
        for need in catalogue[id_].needs:
            if len(done & set(need.of)) < need.least:
                return False
        if _months(catalogue, id_, when) > 12:
            return False
    return True


def _months(catalogue, id_, when):
    """Months from the start of the longest run of preparations in the same year to its end."""
    before = [
        other for need in catalogue[id_].needs for other in need.of if when.get(other) == when[id_]
    ]
    longest = max((_months(catalogue, other, when) for other in before), default=0.0)
    return catalogue[id_].duration + longest


def value(catalogue, answers, have, when, costs, budget):
    """The value of a plan by the words of models.roadmap.goal."""
    total, before = -0.5 * sum(costs[id_] for id_ in when) / sum(budget), None
    for year in range(len(budget) + 1):
        new = {id_ for id_, at in when.items() if at <= year}
        after = raised(catalogue, answers, have, new)
        worth = float(score(after)[0]) + 0.1 * _scene_steps(after)
        named = answers.get("pains", set())
        worth += 0.2 * len({pain for id_ in new for pain in catalogue[id_].eases} & named)
        if before is not None:
            total += (1 - 0.05 * (year - 1)) * (worth - before)
        before = worth
    return total


def _scene_steps(answers):
    scenes = [scene.question for scene in STANDARD.scenes if scene.question in answers]
    return sum(int(next(iter(answers[question]))) for question in scenes)


def affordable(when, costs, yearly, budget):
    """Whether every year's costs, fees that return included, keep its budget."""
    for year in range(1, len(budget) + 1):
        due = [costs[i] for i, at in when.items() if at == year or (yearly[i] and at < year)]
        count = sum(at == year for at in when.values())
        if sum(due) > budget[year - 1] + 1e-6 or count > 5:
            return False
    return True


def all_plans(projects, years=3):
    """Every assignment of projects to years or to none."""
    for assignment in product(range(years + 1), repeat=len(projects)):
        yield {id_: at for id_, at in zip(projects, assignment, strict=True) if at}
