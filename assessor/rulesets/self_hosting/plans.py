"""Define the second decision: which plan of Medplum Cloud it takes. Those who self-host compare their cost with it."""

from assessor.model.conditions import any_of
from assessor.model.decisions import Decision
from assessor.model.rules import Outcome, Rule, otherwise
from assessor.rulesets.self_hosting.facts import other_plans, premium_price, production_price
from assessor.rulesets.self_hosting.needs import isolation, logs, phi
from assessor.rulesets.self_hosting.outcomes import region_open
from assessor.rulesets.self_hosting.product import baa_plans, streaming_plans

free = Outcome("plan-free", "Free plan", "It costs nothing, and has no business associate agreement.")
production = Outcome("plan-production", "Production plan", f"It costs {production_price}.")
premium = Outcome("plan-premium", "Premium plan", f"It costs {premium_price}.")
enterprise = Outcome("plan-enterprise", "Enterprise plan", f"Its price is {other_plans}.")

plans = (free, production, premium, enterprise)

plan = Decision(
    "plan",
    "Plan on Medplum Cloud",
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
