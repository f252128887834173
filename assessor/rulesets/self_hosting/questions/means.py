"""Define questions about readiness, people and money. Share links use the ids, so they must not change."""

from assessor.model.questions.numbers import Number
from assessor.model.questions.question import YesNo
from assessor.rulesets.self_hosting.facts.people import (
    base_fte,
    fte_cost,
    infrastructure_cost,
    large_quarters,
    one_site_rota,
    spike_fte,
)

# Readiness

pager = YesNo(
    "pager",
    "Someone answers the pager around the clock",
    hint=f"Google advises {one_site_rota} for a rota at one site. A smaller one counts, too, if it covers every night; "
    "it wears out sooner.",
    why="Outages and clinical work do not keep office hours.",
    about="index.md#day-to-day-operations",
    asked_of="your head of operations",
    yes="someone answers the pager around the clock",
    no="nobody answers the pager around the clock yet",
)
incident_process = YesNo(
    "incident-process",
    "There is a written and rehearsed process for incidents",
    hint="Who leads, who informs whom, how you review it, and when you report a breach.",
    why="The first outage is a bad time to write it.",
    about="index.md#day-to-day-operations",
    asked_of="your head of operations",
    yes="there is a rehearsed process for incidents",
    no="there is no rehearsed process for incidents yet",
)
observability = YesNo(
    "observability",
    "Metrics, logs and alerts cover the whole cluster",
    hint="The server, the database, Redis, storage, and the jobs in the background.",
    why="Without monitoring, patients find faults first.",
    about="index.md#day-to-day-operations",
    asked_of="your platform team",
    yes="metrics, logs and alerts cover the cluster",
    no="metrics, logs and alerts do not cover the cluster yet",
)
two_know_it = YesNo(
    "two-know-it",
    "At least two people know the installation well enough to upgrade it alone",
    why="Upgrades stall when the one who knew has left.",
    about="index.md#ongoing-maintenance",
    asked_of="your technical lead",
    yes="at least two people know the installation",
    no="fewer than two people know the installation",
)
staging = YesNo(
    "staging",
    "A staging environment gets every upgrade first",
    hint="With migrations run over data of a realistic size.",
    why="Migrations that take seconds on samples can take days on real data.",
    about="index.md#ongoing-maintenance",
    asked_of="your platform team",
    yes="a staging environment gets every upgrade first",
    no="there is no staging environment yet",
)
restore_tested = YesNo(
    "restore-tested",
    "You have tested a restore from backup in the last six months",
    why="A backup that was never restored is only a hope.",
    about="index.md#day-to-day-operations",
    asked_of="your platform team",
    yes="you have tested a restore from backup",
    no="you have not tested a restore from backup yet",
)
upgrade_owner = YesNo(
    "upgrade-owner",
    "A named person owns upgrades, with the time for them",
    why="Upgrades lose against features unless they are someone's job.",
    about="index.md#ongoing-maintenance",
    asked_of="your technical lead",
    yes="a named person owns upgrades",
    no="nobody owns upgrades yet",
)
fte = Number(
    "fte",
    "How many full-time people can you assign in a normal quarter?",
    name="the staffing of a normal quarter",
    hint="Two people at half their time make one. Count only time that is set aside for it.",
    why=f"Upkeep and upgrades take at least {base_fte} in Medplum's experience. A large project "
    "raises the average of the year.",
    about="index.md#ongoing-maintenance",
    asked_of="whoever plans your team's time",
    unit="FTE",
    minimum=0,
    maximum=50,
    step=0.1,
)
surge_fte = Number(
    "surge-fte",
    "How many full-time people can you assign in a quarter with a large project?",
    name="the staffing of a quarter with a large project",
    hint="In total, not on top of a normal quarter. Contractors count.",
    why=f"A major upgrade of PostgreSQL or of Medplum can need {spike_fte} or more.",
    about="index.md#large-projects",
    asked_of="whoever plans your team's time",
    unit="FTE",
    minimum=0,
    maximum=50,
    step=0.5,
)

# Cost

big_quarters = Number(
    "big-quarters",
    "In how many quarters of a year do you expect a large project?",
    name="the number of quarters with a large project",
    hint="A major upgrade of Medplum, or of PostgreSQL.",
    about="index.md#what-it-costs",
    unit="quarter",
    minimum=0,
    maximum=4,
    default=large_quarters,
)
person_cost = Number(
    "fte-cost",
    "What does a full-time equivalent cost you in a year?",
    name="the cost of a full-time equivalent",
    hint="Fully loaded: salary, taxes and benefits.",
    about="index.md#what-it-costs",
    unit="USD/FTE/year = USD a year for a full-time equivalent",
    minimum=1_000,
    maximum=2_000_000,
    step=1_000,
    default=fte_cost,
)
infrastructure = Number(
    "infrastructure",
    "What would the infrastructure cost in a year?",
    name="the cost of infrastructure",
    hint="Every environment: machines, database, storage, traffic, and the tools to watch them.",
    about="index.md#what-it-costs",
    unit="USD/year",
    minimum=0,
    maximum=10_000_000,
    step=1_000,
    default=infrastructure_cost,
)
ticks = (pager, incident_process, observability, two_know_it, staging, restore_tested, upgrade_owner)
