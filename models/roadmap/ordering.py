"""In which order projects can be done, and which of them do not fit into one year."""

from __future__ import annotations

from models.roadmap.catalogue import Catalogue, Project

MONTHS = 12.0


def years_apart(catalogue: Catalogue) -> tuple[tuple[int, ...], ...]:
    """Runs of projects, each needing the one before, that do not fit into one year.

    Within a year, projects that prepare one another run one after the other; a run whose months
    add up to more than twelve is split over years. Only the shortest such runs are given.
    """
    needed = {at: sorted(_needed(p, catalogue)) for at, p in enumerate(catalogue.projects)}
    months = [project.duration for project in catalogue.projects]
    runs: set[tuple[int, ...]] = set()
    stack: list[tuple[int, ...]] = [(at,) for at in needed]
    while stack:
        run = stack.pop()
        if sum(months[at] for at in run) > MONTHS:
            runs.add(run)
        else:
            stack += [(before, *run) for before in needed[run[0]]]
    # A run that holds a shorter one is implied by it.
    return tuple(sorted(run for run in runs if not any(_holds(run, other) for other in runs)))


def order_of(catalogue: Catalogue) -> tuple[int, ...]:
    """All projects, each after everything that may prepare it.

    Among those that could come next, one that nothing left would help; else the first.
    """
    order: list[int] = []
    left = dict.fromkeys(range(len(catalogue)))
    while left:
        ready = [p for p in left if not _needed(catalogue.projects[p], catalogue) & left.keys()]
        free = [p for p in ready if not _helping(catalogue.projects[p], catalogue) & left.keys()]
        order.append((free or ready)[0])
        del left[order[-1]]
    return tuple(order)


def _needed(project: Project, catalogue: Catalogue) -> set[int]:
    return {catalogue.index[id_] for need in project.needs for id_ in need.of}


def _helping(project: Project, catalogue: Catalogue) -> set[int]:
    return {catalogue.index[id_] for id_ in project.better_after}


def _holds(run: tuple[int, ...], part: tuple[int, ...]) -> bool:
    if run == part:
        return False
    return any(run[at : at + len(part)] == part for at in range(len(run) - len(part) + 1))
