"""Define the gaps in readiness, each with a way to close it."""

from assessor.model.rules.actions import Action
from assessor.rulesets.self_hosting.facts.people import base_fte, spike_fte
from assessor.rulesets.self_hosting.facts.product import postgres_effort
from assessor.rulesets.self_hosting.outcomes import get_ready, self_host, talk
from assessor.rulesets.self_hosting.questions.means import (
    fte,
    incident_process,
    observability,
    pager,
    restore_tested,
    staging,
    surge_fte,
    two_know_it,
    upgrade_owner,
)
from assessor.rulesets.self_hosting.questions.needs import mandate_cited, onprem_mandate

# `self-host` is advised only if no readiness is missing, and under `talk` readers bring their gaps to Medplum.
with_gaps = (get_ready, talk)

gaps = (
    Action(
        "set-up-pager",
        "Set up a pager rota that covers nights, weekends and holidays",
        with_gaps,
        ~pager,
        "Someone has to answer when the server is down, whatever the hour.",
        gap=True,
        who=pager.asked_of,
    ),
    Action(
        "write-incident-process",
        "Write down how an incident is run, and rehearse it",
        with_gaps,
        ~incident_process,
        "Settle roles, messages and breach reports before the first outage, not in the middle of it.",
        gap=True,
        who=incident_process.asked_of,
    ),
    Action(
        "build-observability",
        "Collect metrics, logs and alerts from the server, the database, Redis and background jobs",
        with_gaps,
        ~observability,
        "Medplum's best practices call it non-negotiable in production.",
        gap=True,
        who=observability.asked_of,
    ),
    Action(
        "train-second-person",
        "Have a second person do the next upgrade from the notes of the first",
        with_gaps,
        ~two_know_it,
        "Lost knowledge is one of the two reasons why upgrades stall.",
        gap=True,
        who=two_know_it.asked_of,
    ),
    Action(
        "build-staging",
        "Build a staging environment that gets every upgrade first",
        with_gaps,
        ~staging,
        "An upgrade that fails there harms nobody.",
        gap=True,
        who=staging.asked_of,
    ),
    Action(
        "test-restore",
        "Restore a backup into an empty environment, measure how long it takes, and repeat it every few months",
        with_gaps,
        ~restore_tested,
        "Only a tested restore shows what you would lose, and for how long you would be down.",
        gap=True,
        who=restore_tested.asked_of,
    ),
    Action(
        "name-upgrade-owner",
        "Name a person who owns upgrades, and set their time aside",
        with_gaps,
        ~upgrade_owner,
        "Competing priorities are the other reason why upgrades stall.",
        gap=True,
        who=upgrade_owner.asked_of,
    ),
    Action(
        "find-people",
        f"Set aside at least {base_fte} for every normal quarter",
        with_gaps,
        fte < base_fte,
        "In Medplum's experience, upkeep and upgrades take this much.",
        gap=True,
        who=fte.asked_of,
    ),
    Action(
        "plan-surge",
        f"Plan how to free {spike_fte} for a quarter with a large project",
        with_gaps,
        surge_fte < spike_fte,
        f"A major PostgreSQL upgrade takes {postgres_effort} to begin with, and a major Medplum upgrade at scale more.",
        gap=True,
        who=surge_fte.asked_of,
    ),
    Action(
        "cite-clause",
        "Get the clause that requires on-premises hosting, word for word",
        (self_host, get_ready),
        onprem_mandate & ~mandate_cited,
        "Many clauses turn out to name a region or a control. If yours does, answer the mandate with No.",
        gap=True,
        who=mandate_cited.asked_of,
    ),
)
