"""Self-hosting vs Cloud: where should your Medplum run?"""

from assessor.model.conditions import any_of
from assessor.model.formulas import Quantity
from assessor.model.questions import Section
from assessor.model.rules import Chart, Estimate, Rule, otherwise
from assessor.model.ruleset import RuleSet
from assessor.rulesets.self_hosting.actions import actions
from assessor.rulesets.self_hosting.cases import cases
from assessor.rulesets.self_hosting.facts import base_fte, people_and_money, spike_fte
from assessor.rulesets.self_hosting.means import (
    big_quarters,
    fte,
    infrastructure,
    person_cost,
    plan_price,
    surge_fte,
    ticks,
)
from assessor.rulesets.self_hosting.needs import (
    bots,
    certifications,
    connectivity,
    current,
    extension_tried,
    footprint,
    fork,
    fork_reason,
    isolation,
    logs,
    mandate_cited,
    onprem_mandate,
    phi,
    platform,
    purpose,
    region_confirmed,
    residency,
    sla,
)
from assessor.rulesets.self_hosting.outcomes import (
    cloud,
    cloud_enterprise,
    compelling,
    criteria,
    extend,
    get_ready,
    light,
    only_learning,
    outcomes,
    ready,
    region_open,
    self_host,
    small_and_remote,
    struggling,
    talk,
)
from assessor.rulesets.self_hosting.product import product

sections = (
    Section("situation", "Your situation", (current, purpose, phi, connectivity, footprint)),
    Section(
        "reasons",
        "Your reasons",
        (onprem_mandate, mandate_cited, residency, region_confirmed, isolation, fork, extension_tried, fork_reason),
        intro="Any one compelling reason is enough.",
    ),
    Section("readiness", "Your readiness", ticks, intro="Tick all that you have in place today.", ticks=True),
    Section("staffing", "Your people", (fte, surge_fte), intro="What you can commit to, year after year."),
    Section(
        "fit",
        "What you need from it",
        (logs, sla, certifications, bots, platform),
        intro="These change the next steps, not the recommendation.",
    ),
    Section(
        "cost",
        "Your figures",
        (big_quarters, person_cost, infrastructure, plan_price),
        intro="For a figure that you leave blank, the estimates use the value shown. Cost does not change the "
        "recommendation.",
    ),
)

rules = (
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

people = (base_fte * (Quantity(4, "quarter") - big_quarters) + spike_fte * big_quarters) / Quantity(4, "quarter")
cloud_cost = Quantity(12, "month/year") * plan_price

normal_quarter = Estimate("normal-quarter", "People to self-host in a normal quarter", base_fte, "FTE")
large_quarter = Estimate("large-quarter", "People to self-host in a quarter with a large project", spike_fte, "FTE")
average = Estimate(
    "people",
    "People to self-host, averaged over a year",
    people,
    "FTE",
    note="Normal quarters and quarters with a large project, averaged.",
)
break_even = Estimate(
    "break-even-people",
    "People at which both cost the same",
    (cloud_cost - infrastructure) / person_cost,
    "FTE",
    note="Averaged over a year. Self-hosting costs less with fewer people.",
)
self_hosting_cost = Estimate(
    "self-hosting-cost",
    "Self-hosting",
    people * person_cost + infrastructure,
    "USD/year",
    note="People and infrastructure. Agreements, audits and your own tools cost extra.",
    outcome=self_host,
)
plan_cost = Estimate(
    "cloud-cost",
    "Medplum Cloud",
    cloud_cost,
    "USD/year",
    note="Twelve months of the plan, not an offer. Until you enter a price, this is Premium. Enterprise has no public "
    "price.",
    outcome=cloud,
)

charts = (
    Chart(
        "cost",
        "What each costs",
        (self_hosting_cost, plan_cost),
        compare=(self_hosting_cost, plan_cost),
        break_even=break_even,
    ),
    Chart("staffing", "People a quarter", (normal_quarter, large_quarter, average), line=break_even),
)

ruleset = RuleSet(
    "self-hosting",
    language="en",
    title="Self-hosting vs Cloud",
    summary="Where should your Medplum run: on Medplum Cloud, or on servers that your team operates?",
    facts=(*people_and_money, *product),
    sections=sections,
    outcomes=outcomes,
    criteria=criteria,
    rules=rules,
    actions=actions,
    estimates=(normal_quarter, large_quarter, average, self_hosting_cost, plan_cost, break_even),
    charts=charts,
    cases=cases,
)
