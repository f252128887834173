"""Define the first decision: where Medplum runs."""

from assessor.model.conditions import any_of
from assessor.model.rules.decisions import Decision
from assessor.model.rules.rules import Rule, otherwise
from assessor.rulesets.self_hosting.outcomes import (
    cloud,
    cloud_enterprise,
    compelling,
    extend,
    get_ready,
    light,
    only_learning,
    ready,
    region_open,
    self_host,
    small_and_remote,
    struggling,
    talk,
)
from assessor.rulesets.self_hosting.questions.needs import fork, isolation

_rules = (
    # This comes before the mandate: help is needed for the next decision, and the mandate still applies after it.
    Rule(
        struggling,
        talk,
        "You run Medplum at scale, and it is a burden. Medplum's team can help right away, and any later decision is "
        "safer after that.",
        id="struggling",
    ),
    Rule(
        only_learning,
        light,
        "You want to gain experience with infrastructure, nobody's health data is at stake, and a lightweight "
        "instance is enough.",
        id="learning",
    ),
    # Patient data makes no difference here: every clinic has it. The actions cover what it requires.
    Rule(
        small_and_remote,
        light,
        "The server must be on site, because you cannot rely on the connection, and a lightweight instance is enough.",
        id="low-connectivity",
    ),
    Rule(
        compelling & ready,
        self_host,
        "You have a compelling reason, and all that running it requires: people, knowledge and practice.",
        id="self-host",
    ),
    Rule(
        compelling,
        get_ready,
        "You have a compelling reason to self-host. Some of what running it requires is missing, and you can close "
        "each gap.",
        id="get-ready",
    ),
    # This comes before the Enterprise plan: a fork cannot be hosted there, so it is settled first. An action under
    # `extend` still names the plan.
    Rule(
        fork,
        extend,
        "You have to merge every release into a fork. It is a compelling reason only if you have tried everything else "
        "and need more than a feature.",
        id="no-fork",
    ),
    Rule(
        any_of(region_open, isolation),
        cloud_enterprise,
        "A region outside the US or dedicated infrastructure depends on the plan. Neither needs your own server.",
        id="enterprise",
    ),
    otherwise(
        cloud,
        "Nothing in your answers rules the cloud out, and your team's time goes further in your application.",
    ),
)

hosting = Decision("hosting", "Where Medplum runs", _rules)
