"""Self-hosting vs Cloud: where should your Medplum run?"""

from assessor.model.estimates.charts import Chart
from assessor.model.estimates.estimates import Estimate
from assessor.model.formulas.arithmetic import Quantity
from assessor.model.questions.sections import Section
from assessor.model.ruleset import RuleSet
from assessor.rulesets.self_hosting.actions import actions
from assessor.rulesets.self_hosting.cases import cases
from assessor.rulesets.self_hosting.facts.people import base_fte, people_and_money, spike_fte
from assessor.rulesets.self_hosting.facts.product import product
from assessor.rulesets.self_hosting.hosting import hosting
from assessor.rulesets.self_hosting.outcomes import cloud, criteria, outcomes, self_host
from assessor.rulesets.self_hosting.plans import cloud_price, plan, plan_price, plans
from assessor.rulesets.self_hosting.questions.means import (
    big_quarters,
    fte,
    infrastructure,
    person_cost,
    surge_fte,
    ticks,
)
from assessor.rulesets.self_hosting.questions.needs import (
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

sections = (
    Section("situation", "Your situation", (current, purpose, phi, connectivity, footprint)),
    Section(
        "reasons",
        "Your reasons",
        (onprem_mandate, mandate_cited, residency, region_confirmed, isolation, fork, extension_tried, fork_reason),
        intro="One compelling reason is enough to self-host.",
    ),
    Section("readiness", "Your readiness", ticks, intro="Tick all that you have in place today.", ticks=True),
    Section("staffing", "Your people", (fte, surge_fte), intro="What you can commit to, year after year."),
    Section(
        "fit",
        "What you need from it",
        (logs, sla, certifications, bots, platform),
        intro="These change the plan and the next steps, not where it runs.",
    ),
    Section(
        "cost",
        "Your figures",
        (big_quarters, person_cost, infrastructure, plan_price),
        intro="For a figure that you leave blank, the estimates use the value shown. Cost does not change the "
        "recommendation.",
    ),
)

people = (base_fte * (Quantity(4, "quarter") - big_quarters) + spike_fte * big_quarters) / Quantity(4, "quarter")
cloud_cost = Quantity(12, "month/year") * cloud_price

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
    note="Twelve months of the plan that your answers lead to, not an offer. Enterprise has no public price, and "
    "counts as Premium until you enter your quote.",
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
    outcomes=(*outcomes, *plans),
    criteria=criteria,
    decisions=(hosting, plan),
    actions=actions,
    estimates=(normal_quarter, large_quarter, average, self_hosting_cost, plan_cost, break_even),
    charts=charts,
    cases=cases,
)
