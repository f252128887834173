"""Define the second decision: which plan of Medplum Cloud it takes. Those who self-host compare their cost with it."""

from assessor.model.conditions import any_of
from assessor.model.estimates.conditional import case
from assessor.model.formulas.arithmetic import Quantity
from assessor.model.questions.numbers import Number
from assessor.model.rules.decisions import Decision
from assessor.model.rules.outcomes import Outcome
from assessor.model.rules.rules import Rule, otherwise
from assessor.rulesets.self_hosting.facts.people import assumed_price, other_plans, premium_price, production_price
from assessor.rulesets.self_hosting.facts.product import baa_plans, streaming_plans
from assessor.rulesets.self_hosting.outcomes import region_open
from assessor.rulesets.self_hosting.questions.needs import isolation, logs, phi

free = Outcome("plan-free", "Free plan", "It costs nothing, and has no business associate agreement.")
production = Outcome("plan-production", "Production plan", f"It costs {production_price}.")
premium = Outcome("plan-premium", "Premium plan", f"It costs {premium_price}.")
enterprise = Outcome("plan-enterprise", "Enterprise plan", f"Its price is {other_plans}.")

plans = (free, production, premium, enterprise)

plan = Decision(
    "plan",
    "Plan, if you use Medplum Cloud",
    (
        # Not only if hosting comes to this plan: who has to self-host compares with it, too.
        Rule(
            any_of(region_open, isolation),
            enterprise,
            "A region outside the US or dedicated infrastructure depends on the Enterprise plan: confirm both.",
            id="plan-enterprise",
        ),
        Rule(logs, premium, f"Logs are streamed with {streaming_plans}.", id="plan-premium"),
        Rule(
            phi,
            production,
            f"Patient data need a business associate agreement. Plans that have one: {baa_plans}.",
            id="plan-production",
        ),
        otherwise(free, "None of your answers needs a paid plan.", id="plan-free"),
    ),
)

plan_price = Number(
    "plan-price",
    "What does your quote for the Enterprise plan come to in a month?",
    name="the price of the Enterprise plan",
    hint="What Medplum quoted you.",
    about="index.md#what-it-costs",
    unit="USD/month",
    minimum=0,
    maximum=1_000_000,
    step=100,
    default=assumed_price,
    asked_when=plan.is_("plan-enterprise"),
)

# While several plans are possible, Premium is the likely one: it is the largest public price.
cloud_price = case(
    plan.is_("plan-enterprise"),
    plan_price,
    otherwise=case(
        plan.is_("plan-free"),
        Quantity(0, "USD/month"),
        otherwise=case(plan.is_("plan-production"), production_price, otherwise=premium_price),
    ),
)
